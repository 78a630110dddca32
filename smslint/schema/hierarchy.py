"""The hierarchy: the sites of a run as parents, children and addresses.

Every look-up costs what it returns, so that a run over 10,000 sites takes time in proportion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Final

from smslint.schema.address import Address
from smslint.schema.server import computer
from smslint.schema.site import Site, SiteKind
from smslint.schema.version import ANY, FROM_2012, ProductVersion

TIERS: Final = 32
"""How many parents are followed upward; no hierarchy is that deep, and an input that says so is hostile."""

_REMEMBERED: Final = 64
"""Parents whose connections are kept at a time; those of thousands would take too much memory."""


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
    _connections: dict[tuple[str, int], Collection[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the sites by their code, their parent's code and their servers."""
        for site in self.named:
            self._by_code[_folded(site.code)] = site
            if parent := _folded(site.parent_code):
                self._children[parent].append(site)
            for server in site.servers:
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

    def children_of(self, site: Site, kind: SiteKind | None = None) -> Sequence[Site]:
        """The sites that name this one as their parent, itself left out; of one kind if that is given."""
        children = [child for child in self._children.get(_folded(site.code), ()) if child is not site]
        return children if kind is None else [child for child in children if child.kind == kind]

    @property
    def children_and_parents(self) -> Iterator[tuple[Site, Site]]:
        """Each site whose code is known with its parent, where that is among the inputs and not itself."""
        for site in self.named:
            parent = self.parent_of(site)
            if parent is not None and parent is not site:
                yield site, parent

    def is_parent_or_child(self, site: Site, code: str) -> bool:
        """Whether the site of this code is the site's parent, or names it as its own."""
        other = self.site(code)
        return site.parent_is(code) or (other is not None and self.parent_of(other) is site)

    @property
    def addresses(self) -> Iterator[tuple[Site, str, Sequence[Address]]]:
        """Each site with the code of each other that its addresses lead to, and these addresses."""
        for site in self.sites:
            for code, addresses in site.addresses_by_destination.items():
                yield site, code, addresses

    def lacks_route(self, site: Site, code: str | None) -> bool:
        """Whether nothing certainly gets from a site to that of this code: no address, nor others' routes."""
        return site.lacks_address_to(code) and not self.may_route(site, code or "")

    def ancestors(self, site: Site) -> Iterator[Site]:
        """The parent, its parent and so on, each once, up to `TIERS` of them."""
        seen = {id(site)}
        above = self.parent_of(site)
        while above is not None and id(above) not in seen and len(seen) <= TIERS:
            yield above
            seen.add(id(above))
            above = self.parent_of(above)

    def may_route(self, site: Site, code: str) -> bool:
        """Whether content of a site may get to another over the routes of others, as it can from 2012 on.

        Only routes that are open count, and no more than `TIERS` of them in a row. Content may be routed
        between secondary sites: where one of the two is a secondary site, a route to a site whose own routes
        no input tells may lead on. One of the two sites is the parent of the other.
        """
        if not (site.product.known and site.product.overlaps(FROM_2012)):
            return False
        other = self.site(code)
        if other is not None and other.parent_is(site.code):
            routed = _folded(code) in self._connected(_folded(site.code), self._open_destinations)
        else:
            routed = _folded(site.code) in self._connected(_folded(code), self._open_origins)
        kinds = (site.kind, other.kind if other else None)
        return routed or ("secondary" in kinds and _folded(site.code) in self._leading_to_unknown_routes)

    def _connected(self, code: str, routes: Mapping[str, Collection[str]]) -> Collection[str]:
        """The codes that routes, followed one after another, connect with a parent's."""
        known = self._connections.get((code, id(routes)))
        if known is None:
            if len(self._connections) >= _REMEMBERED:
                self._connections.clear()
            known = self._connections[code, id(routes)] = _reached([code], routes, TIERS)
        return known

    @cached_property
    def _open_destinations(self) -> Mapping[str, Collection[str]]:
        """The codes that open routes lead to, by the code of the site they begin at."""
        return {_folded(site.code): site.open_destinations for site in self.named}

    @cached_property
    def _open_origins(self) -> Mapping[str, Collection[str]]:
        """The codes of the sites that open routes begin at, by the code they lead to."""
        found: dict[str, list[str]] = defaultdict(list)
        for code, destinations in self._open_destinations.items():
            for destination in destinations:
                found[destination].append(code)
        return found

    @cached_property
    def _leading_to_unknown_routes(self) -> Collection[str]:
        """The codes from which open routes lead to a site whose own routes no input tells."""
        unknown = [
            code
            for code in self._open_origins
            if (site := self.site(code)) is None or "addresses" not in site.holds
        ]
        if self.complete:
            unknown = [code for code in unknown if self.site(code)]
        return _reached(unknown, self._open_origins, TIERS)

    def served_by(self, server: str) -> Sequence[Site]:
        """The sites that name this computer as their site server."""
        return self._by_server.get(computer(server), ())

    def controlled_on(self, server: str) -> Sequence[Site]:
        """Those of them whose site control is among the inputs; a registry export alone may be a mismatch."""
        return self._controlled.get(computer(server), ())

    @cached_property
    def _controlled(self) -> Mapping[str, Sequence[Site]]:
        return {
            server: [site for site in sites if site.has_site_control]
            for server, sites in self._by_server.items()
        }

    def cycles(self) -> Iterator[list[Site]]:
        """Yield each ring of sites whose parent codes lead back to where they began, rings of one too."""
        settled: set[int] = set()
        for start in self.named:
            chain: dict[int, Site] = {}
            at: Site | None = start
            while at is not None and id(at) not in settled and id(at) not in chain:
                chain[id(at)] = at
                at = self.parent_of(at)
            if at is not None and id(at) in chain:
                ring = list(chain.values())
                yield ring[list(chain).index(id(at)) :]
            settled |= chain.keys()


def _reached(starts: Collection[str], routes: Mapping[str, Collection[str]], most: int) -> Collection[str]:
    """The codes that up to ``most`` routes in a row lead to from any of ``starts``."""
    found: set[str] = set()
    edge: Collection[str] = starts
    for _ in range(most):
        edge = {following for code in edge for following in routes.get(code, ())} - found
        found |= edge
    return found


def _folded(code: str | None) -> str:
    return (code or "").upper()
