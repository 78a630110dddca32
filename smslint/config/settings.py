"""The settings of smslint itself: the command line's, else the configuration file's, else the defaults."""

import codecs
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, Any, Final, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    StrictInt,
    StrictStr,
    ValidationError,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

from smslint.config.errors import UnusableError
from smslint.config.file import ConfigFile, Key
from smslint.files import paths
from smslint.files.patterns import Patterns
from smslint.files.walk import STDIN
from smslint.finding import Severity
from smslint.schema.setting import Section
from smslint.schema.site import Site
from smslint.schema.version import ProductVersion
from smslint.sources.text import well_formed

_COMMAND_LINE: Final = "command line"
_DEFAULT: Final = "default"


def _sections() -> Iterator[tuple[str, type[Section]]]:
    for info in Site.model_fields.values():
        for model in get_args(info.annotation):
            if isinstance(model, type) and issubclass(model, Section):
                yield re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower(), model


SECTIONS: Final[Mapping[str, type[Section]]] = dict(_sections())
"""The kinds of section a site has, by the name a policy gives them: ``sender``, ``site_config_manager``."""


def label_of(setting: str) -> str:
    """The product's words for a setting by its name, which several kinds of section may share."""
    declared = (each for section in SECTIONS.values() for each in section.declared())
    labels = {each.label for name, each in declared if name == setting}
    return labels.pop() if len(labels) == 1 else setting.replace("_", " ")


def value_type(section: type[Section], setting: str) -> type:
    """The type of a declared setting's value."""
    (found,) = get_args(section.model_fields[setting].annotation)
    return found if isinstance(found, type) else object


SETTING_NAMES: Final = tuple(
    f"{name}.{setting}"
    for name, section in SECTIONS.items()
    for setting, _ in section.declared()
    if value_type(section, setting) in (int, str)
)
"""What a policy can speak of: the settings that hold a number or text."""


class BadSettingError(UnusableError, ValueError):
    """A setting that cannot be used. Its text says which and why, and where it stands in a file."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion to add to an error; empty when nothing known is near."""
    near = difflib.get_close_matches(word, list(known), n=2, cutoff=0.5)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _known_version(text: str) -> str:
    ProductVersion.named(text)
    return text


_SAMPLE: Final = 'REGEDIT4\r\n[HKEY_LOCAL_MACHINE\\u0041]\r\n"~{+"=hex:0,\\\r\n'
_CHARACTERS: Final = "é\u0416\u8868\ud55c"


def _known_encoding(text: str) -> str:
    """An encoding that text can stand in without a mark, each character by itself: edits depend on it."""
    try:
        name = codecs.lookup(text).name
        usable = name in ("utf-16-le", "utf-16-be") or _SAMPLE.encode(name) == _SAMPLE.encode("ascii")
        usable = usable and _SAMPLE.encode(name).decode(name) == _SAMPLE
        usable = usable and all(map(partial(_stands_alone, encoding=name), _CHARACTERS))
    except (LookupError, ValueError):
        usable = False
    if not usable:
        raise ValueError(
            f"{text!r} is not a text encoding that an export may have; try cp1252, cp932, utf-8 or utf-16-le"
        )
    return text


def _stands_alone(char: str, encoding: str) -> bool:
    """Whether a character, if the encoding has it, is written in the same way wherever it stands."""
    try:
        return (char * 2).encode(encoding) == char.encode(encoding) * 2
    except UnicodeEncodeError:
        return True


def _known_setting(name: str) -> str:
    fields = {field for section in SECTIONS.values() for field, _ in section.declared()}
    if name not in fields:
        raise ValueError(
            f"no setting is called {name!r}{did_you_mean(name.rpartition('.')[2], sorted(fields))}"
        )
    return name


def _git_pattern(pattern: str) -> str:
    try:
        Patterns([pattern])
    except ValueError:
        raise ValueError(f"{pattern!r} is not a gitignore pattern") from None
    return pattern


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_git_pattern)]


class _Table(BaseModel):
    model_config = ConfigDict(
        defer_build=True,
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=True,
    )


class Ignore(_Table):
    """Findings that are known and accepted. What is not given leaves it open."""

    rule: Annotated[str, Field(min_length=1, description="the rule: a code, a prefix or a name")]
    path: Annotated[
        Pattern | None,
        Field(description="only in these files: a gitignore pattern, from the config's folder"),
    ] = None
    site: Annotated[str | None, Field(description="only at this site: a code, or a pattern such as N*")] = (
        None
    )
    component: Annotated[
        str | None, Field(description="only at this component: a name, or a pattern such as *_SENDER")
    ] = None
    setting: Annotated[
        str | None,
        AfterValidator(lambda name: name and _known_setting(name)),
        Field(description="only at this setting, as the JSON report names it"),
    ] = None
    reason: Annotated[str | None, Field(description="why; the report repeats it")] = None
    until: Annotated[date | None, Field(description="the last day it holds, such as 2026-12-31")] = None


class Policy(_Table):
    """A rule of your own: what one setting must be, at all sites or at some."""

    code: Annotated[
        str,
        Field(
            pattern=r"^[A-Z]{2,10}[0-9]{1,4}$",
            description="the rule's code, with a prefix of your own: ORG001",
        ),
    ]
    setting: Annotated[str, Field(description="the setting, such as sender.max_concurrent_sendings")]
    between: Annotated[
        tuple[StrictInt, StrictInt] | None,
        Field(description="the smallest and the largest value that is right"),
    ] = None
    equals: Annotated[StrictInt | StrictStr | None, Field(description="the one value that is right")] = None
    severity: Annotated[Severity, Field(description="the level of its findings")] = "warning"
    message: Annotated[
        str | None, Field(min_length=1, description="what to say; a sentence is made when it is not given")
    ] = None
    sites: Annotated[
        tuple[str, ...], Field(description='site codes or patterns, such as ["N*"]; all when not given')
    ] = ()

    @property
    def section(self) -> type[Section]:
        """The kind of section the setting is in."""
        return SECTIONS[self.setting.partition(".")[0]]

    @property
    def field(self) -> str:
        """The setting's name within its section."""
        return self.setting.partition(".")[2]

    @model_validator(mode="after")
    def _is_one_condition(self) -> Self:
        if self.code.startswith("SMS"):
            raise ValueError(f"{self.code}: the prefix SMS is smslint's own; choose another, such as ORG001")
        if self.setting not in SETTING_NAMES:
            hint = did_you_mean(self.setting, SETTING_NAMES)
            raise ValueError(f"no setting is called {self.setting!r}{hint}")
        if (self.between is None) == (self.equals is None):
            raise ValueError("give either `between` or `equals`")
        if self.between and self.between[0] > self.between[1]:
            raise ValueError(
                f"between: {self.between[0]} is above {self.between[1]}, so nothing would be right"
            )
        wanted = value_type(self.section, self.field)
        given = int if self.between else type(self.equals)
        if given is not wanted:
            raise ValueError(f"{self.setting} holds {'a number' if wanted is int else 'text'}")
        return self


class Settings(_Table):
    """What a run is told: by the command line, else by the configuration file, else by default."""

    select: Annotated[tuple[str, ...], Field(description="rules to run: codes, prefixes, names or ALL")] = ()
    ignore: Annotated[tuple[str, ...], Field(description="rules not to run, named the same way")] = ()
    fail_on: Annotated[Severity, Field(description="the level from which on a run fails")] = "warning"
    product_version: Annotated[
        str | None,
        AfterValidator(lambda text: text and _known_version(text)),
        Field(description="the version of inputs that do not show it"),
    ] = None
    complete: Annotated[bool, Field(strict=True, description="the inputs are the whole hierarchy")] = False
    encoding: Annotated[
        str | None,
        AfterValidator(lambda text: text and _known_encoding(text)),
        Field(description="the code page of text without a byte order mark"),
    ] = None
    exclude: Annotated[
        tuple[Pattern, ...],
        Field(description="what a walk passes over: gitignore patterns, from the config's folder"),
    ] = ()
    baseline: Annotated[
        str | None,
        Field(
            min_length=1, description="the file of findings that are known; relative to the config's folder"
        ),
    ] = None
    plugins: Annotated[
        tuple[str, ...] | None,
        Field(description="the installed plugins to load, by entry point; [] for none, all when not given"),
    ] = None
    per_file_ignores: Annotated[
        dict[Pattern, tuple[str, ...]],
        Field(
            description="rules not to report in some files, by gitignore pattern, from the config's folder"
        ),
    ] = Field(default_factory=dict)
    severity: Annotated[
        dict[str, Severity],
        Field(description="the level of every finding of a rule, by code, prefix or name"),
    ] = Field(default_factory=dict)
    rules: Annotated[dict[str, dict[str, Any]], Field(description="options of rules, by code")] = Field(
        default_factory=dict
    )
    ignores: Annotated[
        tuple[Ignore, ...], Field(description="findings that are known and accepted, each with a reason")
    ] = ()
    policy: Annotated[tuple[Policy, ...], Field(description="rules of your own, without code")] = ()

    file: SkipJsonSchema[Annotated[InstanceOf[ConfigFile] | None, Field(exclude=True)]] = None
    """The configuration file the settings came from."""
    on_command_line: SkipJsonSchema[Annotated[frozenset[str], Field(exclude=True)]] = frozenset()
    """The keys that the command line gave."""

    @property
    def given(self) -> ProductVersion | None:
        """The product version the user named."""
        return ProductVersion.named(self.product_version) if self.product_version else None

    @classmethod
    def keys(cls) -> list[str]:
        """The keys of a configuration file."""
        return [info.alias or name for name, info in cls.model_fields.items() if not info.exclude]

    def origin(self, *key: str | int) -> str:
        """Where a setting came from: the command line, a line of the configuration file, or the defaults."""
        origins = [_COMMAND_LINE] if key[0] in self.on_command_line else []
        if self.file and key[0] in self.file.table and (not origins or self._adds(str(key[0]))):
            origins.insert(0, self.file.location(key))
        return ", ".join(origins) or _DEFAULT

    def at(self, *key: str | int) -> str:
        """The location of a setting as an error begins with it; empty where no file gave it."""
        location = self.origin(*key)
        return "" if location in (_COMMAND_LINE, _DEFAULT) else f"{location}: {'.'.join(map(str, key))}: "

    def _adds(self, key: str) -> bool:
        return key == "ignore" and "select" not in self.on_command_line

    def excluded(self, whole: str, is_folder: bool) -> bool:
        """Whether a walk passes over an absolute path."""
        return bool(self.exclude) and self._exclude.match(
            paths.seen_from(whole, self.folder) + "/" * is_folder
        )

    @cached_property
    def _exclude(self) -> Patterns:
        return Patterns(self.exclude)

    @property
    def folder(self) -> Path:
        """The folder that paths start from: the configuration file's, else the working directory."""
        return self.file.folder if self.file else Path()

    def relative(self, path: str | Path, whole_path: str | None = None) -> str:
        """A path as reports, ignores and baselines name it, as `paths.relative`; ``-`` is standard input."""
        if path == STDIN:
            return STDIN
        seen = well_formed(paths.relative(path, self.folder, whole_path))
        return f"./{STDIN}" if seen == STDIN else seen


_MODELS: Final[Mapping[str, type[BaseModel]]] = {"ignores": Ignore, "policy": Policy}


def configured(file: ConfigFile | None, given: Mapping[str, Any]) -> Settings:
    """The settings of a run: what the command line gave, by field name, then what the file says.

    ``--select`` replaces what the file selects and ignores; ``--ignore`` alone is added to what it ignores.
    Raises `BadSettingError`, which names every setting that cannot be used.
    """
    table = dict(file.table) if file else {}
    known = Settings.keys()
    if file and (unknown := [key for key in table if key not in known]):
        raise BadSettingError(
            "; ".join(
                f"{file.location((key,))}: unknown key {key!r}{did_you_mean(key, known)}" for key in unknown
            )
        )
    if not file and not given:
        # Nothing to validate: a validator is not built for that.
        return Settings.model_construct()
    words = {name.replace("_", "-"): value for name, value in given.items()}
    if file and isinstance(table.get("baseline"), str):
        table["baseline"] = (file.folder / table["baseline"]).as_posix()
    if "select" in words:
        table.pop("ignore", None)
    elif "ignore" in words and isinstance(table.get("ignore"), list):
        words["ignore"] = (*table["ignore"], *words["ignore"])
    try:
        return Settings.model_validate({**table, **words, "file": file, "on_command_line": frozenset(words)})
    except ValidationError as error:
        raise BadSettingError("; ".join(problems(error, file, frozenset(words)))) from error


def problems(
    error: ValidationError,
    file: ConfigFile | None = None,
    on_command_line: frozenset[str] = frozenset(),
    model: type[BaseModel] = Settings,
    under: Key = (),
) -> Iterator[str]:
    """What pydantic has against some settings, each key once, with its location where a file gave it.

    ``under`` is where in the configuration the ``model`` that was refused stands.
    """
    seen = set()
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        inner = problem["loc"][: 3 if len(problem["loc"]) > 1 and isinstance(problem["loc"][1], int) else 2]
        key = (*under, *inner)
        if key in seen:
            continue
        seen.add(key)
        location = f"{file.location(key)}: " if file and key and key[0] not in on_command_line else ""
        name = f"{'.'.join(map(str, key))}: " if location or under else ""
        yield f"{location}{name}{_describe(problem['type'], problem['msg'], inner, model)}"


def _describe(kind: str, message: str, loc: Key, model: type[BaseModel]) -> str:
    if kind == "extra_forbidden":
        owner = _MODELS.get(str(loc[0]), model) if len(loc) > 1 else model
        names = [info.alias or name for name, info in owner.model_fields.items() if not info.exclude]
        return f"unknown key {loc[-1]!r}{did_you_mean(str(loc[-1]), names)}"
    if kind == "missing":
        return "is needed"
    plain = (
        message.removeprefix("Value error, ")
        .replace("valid tuple", "list")
        .replace("valid dictionary", "table")
    )
    if kind == "string_pattern_mismatch" and loc[-1] == "code":
        return "must be capital letters and a number, such as ORG001"
    return plain.replace("Input should be", "must be").replace("a valid string", "text")
