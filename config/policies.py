"""What browsers may load: for readers, and for the newsroom."""

from django.utils.csp import CSP

from articles.embeds import FRAME_ORIGINS

# Readers' pages: nothing from elsewhere but the players of videos, after a press; nothing inline.

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": FRAME_ORIGINS,
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# The newsroom: the same, with a nonce for the admin's import map and the styles that prose-editor and (with
# our one region, in English) content-editor inject; test_writing_screen.py tells when either has changed.
NEWSROOM_CSP = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [
        CSP.SELF,
        CSP.NONCE,
        "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='",
        "'sha256-N1v+9oYdxeZd/nv2iKYNMLWqP5BlGZff7wM0R1mK4ws='",
    ],
    "img-src": [CSP.SELF, "data:"],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
