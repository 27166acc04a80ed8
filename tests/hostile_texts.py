"""Texts that break what writes XML, JSON or HTML without care; all of them fit into a headline."""

HOSTILE = [
    "]]>",
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "“quotes” \"and\" 'more' &amp; & &#0;",
    "\U0001f9d1\u200d\U0001f680\U0001f3f4",
    "\x0b\x1f\ufffe\uffff\u2028\u2029",
    "<b>&lt;</b>",
    "\u202eabc\u202c",
]
