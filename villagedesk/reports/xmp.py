"""Says in XMP what a file is: title, author, number, language, and which standard it keeps."""

from dataclasses import dataclass

LANGUAGE = "zh-CN"
PROGRAM = "VillageDesk"

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})  # the library for this loads one for the web
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{facts}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about itself. ``numbers`` are those of the papers in it; they are its keywords."""

    title: str
    author: str
    numbers: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """What it is about: its numbers, or the title of a paper without any."""
        return self.keywords or self.title

    @property
    def keywords(self) -> str:
        """The numbers, as one text."""
        return "；".join(self.numbers)


def xmp_packet(about: About, producer: str) -> bytes:
    """Return the metadata as PDF/A-2b wants them, equal to what stands in the file's properties."""
    facts = [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "<dc:format>application/pdf</dc:format>",
        _alternatives("dc:title", about.title),
        _alternatives("dc:description", about.subject),
        f"<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>",
        f"<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>",
        f"<pdf:Producer>{_clean(producer)}</pdf:Producer>",
    ]
    if about.author:
        facts.append(f"<dc:creator><rdf:Seq><rdf:li>{_clean(about.author)}</rdf:li></rdf:Seq></dc:creator>")
    if about.numbers:
        facts.append(f"<pdf:Keywords>{_clean(about.keywords)}</pdf:Keywords>")
    return _PACKET.format(facts="\n".join(facts)).encode()


def _alternatives(name: str, text: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{_clean(text)}</rdf:li></rdf:Alt></{name}>'


def _clean(text: str) -> str:
    return "".join(character for character in text if character >= " ").translate(_ESCAPED)
