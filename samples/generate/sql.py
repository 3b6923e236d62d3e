"""Writes a table and its rows as SQL that MySQL and MariaDB take: bytes as hex, so that no character set touches them."""
import datetime


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        data = bytes(value)
        return "x'" + data.hex() + "'"
    if isinstance(value, datetime.datetime):
        value = value.replace(tzinfo=None).isoformat(" ")
    text = str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return "'" + text + "'"


def write(path, head, table, columns, rows):
    """One statement a line, or up to a line that ends with a semicolon."""
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write("-- " + head + "\n")
        out.write(table.strip() + "\n")
        names = ", ".join("`%s`" % c for c in columns)
        name = table.split("`")[1]
        for row in rows:
            out.write("INSERT INTO `%s` (%s) VALUES (%s);\n" % (name, names, ", ".join(map(literal, row))))
