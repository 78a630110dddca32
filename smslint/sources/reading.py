"""From what a source located to the schema: the one place where pydantic decides what can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from smslint.schema.export import Defect
from smslint.schema.located import Located
from smslint.schema.schedule import PulseMode, RateLimits, UsageSchedule
from smslint.schema.setting import Section, Setting
from smslint.schema.version import ANY, ProductVersion
from smslint.sources.text import well_formed

_EXPECTED = {
    int: "a whole number",
    str: "text",
    UsageSchedule: "7 days of 24 hours",
    RateLimits: "a whole percentage for each of 24 hours",
    PulseMode: "three numbers: on or off, the block in KB, the delay in seconds",
}

_NOT_CHECKED = "What the site makes of such a value is not known, and the setting was not checked."

S = TypeVar("S", bound=Section)


def read_section(model: type[S], raws: Mapping[str, Located], defects: list[Defect], **context: Any) -> S:
    """Read one section from what was located for its fields.

    What cannot be read becomes a ``wrong-type`` defect where it stands; the field is then unset and the
    section read again, so that one bad value hides no other. ``context`` are the fields that are not
    settings: ``name``, ``span``, ``key``, ``product``.
    """
    readable = dict(raws)
    for name, value in context.items():
        if isinstance(value, str) and not value.isascii():
            context[name] = well_formed(value)
    refused: list[str] = []
    while True:
        try:
            section = model.model_validate({**context, **readable})
        except ValidationError as error:
            bad = {str(each["loc"][0]) for each in error.errors(include_url=False, include_input=False)}
            if not bad & readable.keys():
                raise
            refused += bad
            readable = {name: raw for name, raw in readable.items() if name not in bad}
        else:
            break
    for name in refused:
        expected = _EXPECTED.get(get_args(model.model_fields[name].annotation)[0], "text")
        setting: Setting[Any] = getattr(section, name)
        if _is_documented(setting, raws[name], section.product):
            defects.append(_wrong_type(setting, raws[name], expected, section))
    return section


def _is_documented(setting: Setting[Any], raw: Located, product: ProductVersion) -> bool:
    """Whether what the setting holds is documented for the version; elsewhere its type is nobody's fault."""
    return raw.registry is None or not product.known or product.within(setting.declared.registry_versions)


def _wrong_type(setting: Setting[Any], raw: Located, expected: str, section: Section) -> Defect:
    return Defect(
        "wrong-type",
        f"{setting.declared.label} holds {raw.display or repr(raw.data)}; expected {expected}, "
        "so it counts as not set",
        raw.span,
        costly=True,
        setting=setting.name,
        component=section.component,
        subject=section.subject,
        expected=expected,
        why="" if raw.registry else _NOT_CHECKED,
        remedy=_remedy(setting, raw, expected),
    )


def _remedy(setting: Setting[Any], raw: Located, expected: str) -> str:
    label = setting.declared.label
    if raw.registry:
        return f"Set {label} again as {'a REG_DWORD' if expected == _EXPECTED[int] else 'a REG_SZ'}."
    return f"Look {label} up in the console, set it there again if it is wrong there too, and export again."


def resolve_product(
    stated: ProductVersion | None, given: ProductVersion | None, path: str
) -> tuple[ProductVersion, tuple[str, ...]]:
    """The version to judge by: what the input states, refined or supplied by what the user gave.

    Where the two contradict each other the input wins, and a note says so.
    """
    if stated is None:
        return given or ANY, ()
    if given is None:
        return stated, ()
    refined = stated.refined(given)
    if refined is None:
        return stated, (f"{path} states {stated}; --product-version {given} contradicts it and is not used",)
    return refined, ()
