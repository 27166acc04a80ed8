"""The datasets described for programs: a data package (Frictionless Data), and schema.org's Dataset."""

from syndication.structured import organisation
from syndication.things import thing

from .files import about, address_of, licence_of
from .tables import TABLES, VERSION

FORMATS = {"csv": "text/csv", "json": "application/json"}


def package(publication):
    """`datapackage.json`: every file with its columns, their types and meanings."""
    told, licence = about(publication), licence_of(publication)
    return {
        "profile": "tabular-data-package",
        "name": "record",
        "title": publication.name,
        "version": f"{VERSION}.0.0",
        "created": told["as_of"],
        "homepage": told["explained_at"],
        **({"licenses": [{"title": licence["name"], "path": licence["address"]}]} if licence else {}),
        "resources": [_resource(table) for table in TABLES.values()],
    }


def _resource(table):
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": str(table.title),
        "description": str(table.says),
        "path": address_of(table, "csv"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [column.schema for column in table.columns],
            "missingValues": [""],
        },
    }


def structured(publication):
    """Each dataset in schema.org's words, as search engines for data read them."""
    told, licence = about(publication), licence_of(publication)
    return [
        thing(
            "Dataset",
            _id=f"{told['explained_at']}#{table.name}",
            name=f"{publication.name}: {table.title}",
            description=str(table.says),
            url=f"{told['explained_at']}#{table.name}",
            version=str(VERSION),
            dateModified=told["as_of"],
            isAccessibleForFree=True,
            license=licence["address"] if licence else "",
            creator=organisation(publication),
            variableMeasured=[column.name for column in table.columns],
            distribution=[
                thing("DataDownload", encodingFormat=kind, contentUrl=address_of(table, name))
                for name, kind in FORMATS.items()
            ],
        )
        for table in TABLES.values()
    ]
