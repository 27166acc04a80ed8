"""The square picture that a phone's camera reads a secret from."""


def picture_of(phone):
    """A `data:` address, which the newsroom's policy allows for pictures; dark on white also at night."""
    import segno

    return segno.make(phone.config_url, micro=False).svg_data_uri(scale=5, border=4, light="white")
