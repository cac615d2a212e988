"""Small, safe XML: a text becomes a tree of plain nodes, or an error with its line.

CSL styles come from strangers. Document type declarations (and with them entities and external files) are
refused, depth and size are limited, and nothing here recurses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from pubkit.errors import StyleSyntaxError

CSL_NAMESPACE = "http://purl.org/net/xbiblio/csl"
MAX_DEPTH = 200  # the deepest official style has 19 levels
MAX_SIZE = 20_000_000  # characters; the largest official style has 0.3 million

_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


class Node:
    """One element.

    Attributes:
        tag: Name without its namespace.
        attrib: Attribute name → value; `xml:lang` under that name, attributes of other namespaces left out.
        children: Child elements in order; elements of other namespaces left out.
        text: The character data directly in this element, joined.
        line: Line in the input, counted from 1.
    """

    __slots__ = ("attrib", "children", "line", "tag", "text")

    def __init__(self, tag: str, attrib: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attrib = attrib
        self.children: list[Node] = []
        self.text = ""
        self.line = line

    def __repr__(self) -> str:
        return f"<Node {self.tag} line {self.line}>"

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute's value, or a default."""
        return self.attrib.get(name, default)

    def find(self, tag: str) -> Node | None:
        """Return the first child of that name, or None."""
        for child in self.children:
            if child.tag == tag:
                return child
        return None

    def find_all(self, tag: str) -> list[Node]:
        """Return the children of that name."""
        return [child for child in self.children if child.tag == tag]

    def iter(self) -> Iterator[Node]:
        """Yield this node and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def parse_xml(text: str | bytes, name: str = "") -> Node:
    """Read an XML text as a tree.

    Args:
        text: The XML, as text or as bytes in the encoding that it declares.
        name: File name for messages.

    Raises:
        StyleSyntaxError: The text is not well-formed, declares a document type, or is too large or too deep.

    >>> root = parse_xml('<style xml:lang="de"><info/> <title>A &amp; B</title></style>')
    >>> root.get("xml:lang"), [child.tag for child in root.children], root.children[1].text
    ('de', ['info', 'title'], 'A & B')
    """
    reader = _Reader(name)
    return reader.read(text)


class _Reader:
    """The state of one reading."""

    def __init__(self, name: str) -> None:
        self.name = name or "<style>"
        self.root: Node | None = None
        self.open: list[Node] = []
        self.data: list[list[str]] = []  # character data, one list an open element
        self.foreign = 0  # depth inside elements of other namespaces
        self.first_line = 0  # lines in front of the XML declaration
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        self.parser = parser

    def read(self, text: str | bytes) -> Node:
        if len(text) > MAX_SIZE:
            self.fail(f"the XML is longer than {MAX_SIZE}", "use a style without embedded data", 0)
        if isinstance(text, str):  # quoted texts often start with a newline, XML may not
            stripped = text.lstrip("\ufeff \t\r\n")
            self.first_line = text[: len(text) - len(stripped)].count("\n")
            text = stripped
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            self.fail(f"not well-formed XML ({message})", "check the file in an XML editor", error.lineno)
        except UnicodeEncodeError:
            self.fail("the text holds halves of surrogate pairs", "save the file as UTF-8", 0)
        finally:  # the handlers are methods of the reader that holds the parser: cut that cycle
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
            self.parser.CharacterDataHandler = self.parser.StartDoctypeDeclHandler = None
        if self.root is None:
            self.fail("there is no CSL element in the XML", "give a whole .csl file", 0)
        return self.root

    def start(self, name: str, attrib: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if self.foreign or namespace not in ("", CSL_NAMESPACE):
            self.foreign += 1
            return
        if len(self.open) >= MAX_DEPTH:
            self.fail(f"elements nest deeper than {MAX_DEPTH}", "simplify the style")
        kept = {}
        for key, value in attrib.items():
            space, _, local = key.rpartition(" ")
            if not space:
                kept[local] = value
            elif space == _XML_NAMESPACE:
                kept["xml:" + local] = value
        node = Node(tag, kept, self.parser.CurrentLineNumber + self.first_line)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.data.append([])

    def end(self, name: str) -> None:
        if self.foreign:
            self.foreign -= 1
        else:
            self.open.pop().text = "".join(self.data.pop())

    def characters(self, data: str) -> None:
        if self.data and not self.foreign:
            self.data[-1].append(data)

    def doctype(self, *declaration: object) -> NoReturn:
        self.fail("document type declarations are not allowed", "remove the <!DOCTYPE …> part")

    def fail(self, message: str, hint: str, line: int | None = None) -> NoReturn:
        line = self.parser.CurrentLineNumber if line is None else line
        where = f"{self.name}:{line + self.first_line}" if line else self.name
        raise StyleSyntaxError(message, hint=hint, where=where)
