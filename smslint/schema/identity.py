"""Who a site is: what identifies it, and what setup wrote down of its version and kind."""

from typing import Annotated, ClassVar

from smslint.schema.setting import UNSET, Declared, Section, Setting


class Identification(Section):
    """Who the site is. The names of its values in the registry are accepted with and without the blank."""

    registry_key: ClassVar[str | None] = "Identification"

    site_code: Annotated[
        Setting[str], Declared("Site Code", registry=("Site Code", "SiteCode"), source="Q122179")
    ] = UNSET
    parent_site_code: Annotated[
        Setting[str], Declared("Parent Site Code", registry=("Parent Site Code", "ParentSiteCode"))
    ] = UNSET
    site_server: Annotated[
        Setting[str], Declared("Site Server", registry=("Site Server", "SiteServer"), source="Q153565")
    ] = UNSET
    install_directory: Annotated[
        Setting[str],
        Declared(
            "Install Directory",
            registry=("Install Directory", "Installation Directory"),
            source="Q122179, Q191329",
        ),
    ] = UNSET
    site_type: Annotated[Setting[int], Declared("Site type")] = UNSET
    """The site control file's code: 6 primary, 9 secondary (SMS 1.x)."""
    wmi_site_type: Annotated[Setting[int], Declared("SiteType", source="SMS_SCI_SiteDefinition")] = UNSET
    """The code of SMS_SCI_SiteDefinition: 1 secondary, 2 primary, 4 central administration site."""

    @property
    def in_registry(self) -> bool:
        """Whether a registry export says so, not the site control."""
        return self.key is not None


class Setup(Section):
    """What setup wrote down: the version and the kind of site."""

    registry_key: ClassVar[str | None] = "Setup"

    version: Annotated[
        Setting[str],
        Declared("Version", registry=("Version",), source="Q132710, Q137988", number_is_text=True),
    ] = UNSET
    full_version: Annotated[
        Setting[str],
        Declared("Full Version", registry=("Full Version",), source="Q249077", number_is_text=True),
    ] = UNSET
    ui_version: Annotated[
        Setting[str],
        Declared("UI Version", registry=("UI Version",), source="Q252852", number_is_text=True),
    ] = UNSET
    full_ui_version: Annotated[
        Setting[str],
        Declared("Full UI Version", registry=("Full UI Version",), source="Q252852", number_is_text=True),
    ] = UNSET
    type: Annotated[Setting[int], Declared("Type", registry=("Type",), source="Q273853")] = UNSET
    provider_location: Annotated[
        Setting[str], Declared("Provider Location", registry=("Provider Location",), source="Q246583")
    ] = UNSET
    install_directory: Annotated[
        Setting[str], Declared("Installation Directory", registry=("Installation Directory",))
    ] = UNSET
