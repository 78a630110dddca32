"""The hierarchy: the sites of a run as parents, children and addresses.

Every look-up costs what it returns, so that a run over 10,000 sites takes time in proportion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

from smslint.schema.site import Site, computer
from smslint.schema.version import ANY, ProductVersion

TIERS: Final = 32
"""How many parents are followed upward; no hierarchy is that deep, and an input that says so is hostile."""


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """The sites of a run, those of one code joined into one.

    ``complete`` says that they are the whole hierarchy: what is not among them does not exist.
    """

    sites: tuple[Site, ...]
    complete: bool = False
    product: ClassVar[ProductVersion] = ANY
    """Sites of one hierarchy may run different versions, so none is known of it."""

    _by_code: dict[str, Site] = field(init=False, default_factory=dict)
    _children: dict[str, list[Site]] = field(init=False, default_factory=lambda: defaultdict(list))
    _by_server: dict[str, list[Site]] = field(init=False, default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Index the sites by their code, their parent's code and their servers."""
        for site in self.named:
            self._by_code[_folded(site.code)] = site
            if parent := _folded(site.parent_code):
                self._children[parent].append(site)
            for server in server_names(site):
                self._by_server[server].append(site)

    @property
    def named(self) -> Iterator[Site]:
        """The sites whose code is known."""
        return (site for site in self.sites if site.code)

    def site(self, code: str | None) -> Site | None:
        """The site of this code, letter case ignored; None when it is not among the inputs."""
        return self._by_code.get(_folded(code))

    def parent_of(self, site: Site) -> Site | None:
        """The parent; None for a site that has none, or whose parent is not among the inputs."""
        return self.site(site.parent_code)

    def children_of(self, site: Site) -> Sequence[Site]:
        """The sites that name this one as their parent, itself left out."""
        return [child for child in self._children.get(_folded(site.code), ()) if child is not site]

    def ancestors(self, site: Site) -> Iterator[Site]:
        """The parent, its parent and so on, each once, up to `TIERS` of them."""
        seen = {id(site)}
        above = self.parent_of(site)
        while above is not None and id(above) not in seen and len(seen) <= TIERS:
            yield above
            seen.add(id(above))
            above = self.parent_of(above)

    def served_by(self, server: str) -> Sequence[Site]:
        """The sites that name this computer as their site server."""
        return self._by_server.get(computer(server), ())

    def cycles(self) -> Iterator[list[Site]]:
        """Yield each ring of sites whose parent codes lead back to where they began, rings of one too."""
        settled: set[int] = set()
        for start in self.named:
            way: dict[int, Site] = {}
            at: Site | None = start
            while at is not None and id(at) not in settled and id(at) not in way:
                way[id(at)] = at
                at = self.parent_of(at)
            if at is not None and id(at) in way:
                ring = list(way.values())
                yield ring[list(way).index(id(at)) :]
            settled |= way.keys()


def server_names(site: Site) -> set[str]:
    """The computers that the inputs name as the site's server; more than one where they disagree."""
    names = (found.site_server.value for found in site.identifications)
    return {computer(name) for name in names if name}


def _folded(code: str | None) -> str:
    return (code or "").upper()
