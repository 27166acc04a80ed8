"""The triggers that renew numbers, made from `declarations`.

They are no migrations: SQLite drops a table's triggers silently whenever a migration rebuilds it. So they are
dropped before migrations and made again after them (`apps.py`), and a check tells which are missing. Their
names hold a hash of what they do, so that those of an older version are never taken for these.
"""

import hashlib

from django.db import connection

from .declarations import DELETE, INSERT, PARTS, UPDATE, WATCHED

PREFIX = "pagestore_"
RANDOM = {
    "sqlite": "(random() & 9223372036854775807)",
    "postgresql": "(hashtextextended(gen_random_uuid()::text, 0) & 9223372036854775807)",
}
# Of all transactions only one renews numbers at a time: otherwise two that renew the same two numbers in
# opposite order would wait for each other. It is taken at commit, for as long as the commit takes.
LOCK = 7_263_548_271


class Trigger:
    """One trigger of the database: its name, its table, and the SQL that makes it."""

    def __init__(self, table, event, sql):
        digest = hashlib.sha256(sql.encode()).hexdigest()[:8]
        self.name = f"{PREFIX}{table}_{event.lower()}_{digest}"
        self.table, self.sql = table, sql.replace("{name}", self.name)


def wanted():
    """The triggers that this version of the code wants, by name."""
    make = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}[connection.vendor]
    return {trigger.name: trigger for watched in WATCHED for trigger in make(watched)}


def installed():
    """The names of the triggers of ours that the database has."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s ESCAPE '!'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s ESCAPE '!'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor], [PREFIX.replace("_", "!_") + "%"])
        return {name for (name,) in cursor.fetchall()}


def missing():
    """The names of the triggers that should be there and are not."""
    return wanted().keys() - installed()


def install():
    """Make the database's triggers those of this version; returns whether anything had to be done.

    Tables and columns that are not there (yet, or any more) are left out.
    """
    all_wanted = wanted()
    if installed() == all_wanted.keys():
        return False
    drop()
    possible = _possible()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(RENEW_POSTGRESQL)
        for trigger in all_wanted.values():
            if trigger.table in possible:
                cursor.execute(trigger.sql)
    return True


def drop():
    """Take all triggers of ours away, also those of other versions."""
    names = installed()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(DROP_POSTGRESQL)
            return
        for name in names:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


def _possible():
    """The tables that exist with every column that their trigger reads."""
    found = set()
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if "pagestore_generation" not in tables:
            return found
        for watched in WATCHED:
            if watched.table in tables:
                there = {
                    c.name for c in connection.introspection.get_table_description(cursor, watched.table)
                }
                if {*watched.seen_columns, *watched.scope_columns} <= there:
                    found.add(watched.table)
    return found


def _condition(watched, event):
    """SQL that says whether readers can see this event of a row."""
    if event != UPDATE:
        row = "NEW" if event == INSERT else "OLD"
        return watched.only.format(row=row) or "TRUE"
    if not watched.only:
        return _differs(watched.seen_columns)
    seen = f"({watched.only.format(row='OLD')} OR {watched.only.format(row='NEW')})"
    condition = f"({_differs(watched.seen_columns)}) AND {seen}"
    return f"{condition} OR {_differs(watched.placing_columns)}" if watched.placing else condition


def _differs(columns):
    operator = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(f'OLD."{column}" {operator} NEW."{column}"' for column in columns)


def _names(watched, event):
    """SQL expressions for the numbers that an event renews."""
    rows = {INSERT: ["NEW"], DELETE: ["OLD"], UPDATE: ["OLD", "NEW"]}[event]
    parts = [
        f"'{watched.table}:' || ({row}.\"{column}\" % {PARTS})"
        for column in watched.scope_columns
        for row in rows
    ]
    return [f"'{watched.table}'", *parts]


def _for_sqlite(watched):
    table = watched.table
    for event in watched.events:
        updates = " ".join(
            f"UPDATE pagestore_generation SET value = {RANDOM['sqlite']} WHERE name = {name};"  # noqa: S608
            for name in _names(watched, event)
        )
        head = f'CREATE TRIGGER "{{name}}" AFTER {event} ON "{table}" FOR EACH ROW'
        yield Trigger(table, event, f"{head} WHEN {_condition(watched, event)} BEGIN {updates} END")


# A number is renewed once in a transaction, at its end: until then nobody else sees the change. A savepoint
# that is rolled back takes the note of it back too.
RENEW_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION pagestore_renew(renewed text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    done text := coalesce(current_setting('pagestore.renewed', true), '');
BEGIN
    IF strpos(done, '|' || renewed || '|') = 0 THEN
        PERFORM pg_advisory_xact_lock({LOCK});
        UPDATE pagestore_generation SET value = {RANDOM["postgresql"]} WHERE name = renewed;
        PERFORM set_config('pagestore.renewed', done || '|' || renewed || '|', true);
    END IF;
END $$;
CREATE OR REPLACE FUNCTION pagestore_renew_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    UPDATE pagestore_generation SET value = {RANDOM["postgresql"]};
    RETURN NULL;
END $$;
"""  # noqa: S608
# Functions go with the triggers that call them.
DROP_POSTGRESQL = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT p.oid::regprocedure AS signature FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = current_schema() AND p.proname LIKE 'pagestore!_%' ESCAPE '!'
    LOOP
        EXECUTE 'DROP FUNCTION ' || found.signature || ' CASCADE';
    END LOOP;
END $$;
"""


def _for_postgresql(watched):
    """A trigger for all events of a table, and one for TRUNCATE, which has no rows to tell of."""
    table = watched.table
    # What another table's row says must not change between looking and the end of the transaction.
    alone = f"PERFORM pg_advisory_xact_lock({LOCK}); " if "SELECT" in watched.only else ""
    branches = "".join(
        f"IF TG_OP = '{event}' THEN IF {_condition(watched, event)} THEN "
        + "".join(f"PERFORM pagestore_renew({name}); " for name in _names(watched, event))
        + "END IF; END IF; "
        for event in watched.events
    )
    events = " OR ".join(watched.events)
    yield Trigger(
        table,
        "change",
        f"CREATE FUNCTION {{name}}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {alone}{branches}"
        "RETURN NULL; END $$; "
        f'CREATE CONSTRAINT TRIGGER {{name}} AFTER {events} ON "{table}" '
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}();",
    )
    yield Trigger(
        table,
        "truncate",
        f'CREATE TRIGGER {{name}} AFTER TRUNCATE ON "{table}" EXECUTE FUNCTION pagestore_renew_all();',
    )
