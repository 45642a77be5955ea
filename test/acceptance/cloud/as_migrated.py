"""Gives share groups the ids and the gaps that they have after the migration of consistency groups (03da71c0e321): the
groups keep their ids, and have no type, no availability zone and no promise of consistent snapshots.

Usage: as_migrated.py SOCKET, with a JSON object on standard input: ids in Manila's database, and which to have instead
"""

import json
import sys

import pymysql

COLUMNS = """
    select table_name, column_name from information_schema.columns
    where table_schema = 'manila' and data_type = 'varchar' and character_maximum_length = 36
"""
GAPS = """
    update share_groups set share_group_type_id = null, availability_zone_id = null, consistent_snapshot_support = null
    where id in %s
"""


def main(socket, ids):
    connection = pymysql.connect(unix_socket=socket, user="root", database="manila")
    with connection, connection.cursor() as cursor:
        # An id and those that refer to it change one after the other.
        cursor.execute("set foreign_key_checks = 0")
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            statement = "update `{0}` set `{1}` = %s where `{1}` = %s".format(table, column)
            cursor.executemany(statement, [(new, old) for old, new in ids.items()])
        cursor.execute(GAPS, [list(ids.values())])
        connection.commit()


main(sys.argv[1], json.load(sys.stdin))
