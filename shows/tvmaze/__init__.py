"""Shows, seasons and cast from TVmaze (https://www.tvmaze.com/api), whose data is under CC BY-SA 4.0."""

SOURCE = "TVmaze"
LICENCE = "CC BY-SA 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
