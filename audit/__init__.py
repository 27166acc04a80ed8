"""What `make audit` holds the site to, from outside: see `bin/audit_site.py`.

Each check takes what the crawl has fetched, or the address of the site, and gives findings: sentences that
name the address and what is wrong there.
"""
