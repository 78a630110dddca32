"""The components of a site beside its senders: what each keeps of its own settings."""

from typing import Annotated, ClassVar

from smslint.schema.setting import UNSET, Declared, Section, Setting
from smslint.schema.version import (
    SMS_1,
    SMS_1_0,
    SMS_1_2,
    SMS_2_0,
    UP_TO_2_0,
    ProductVersion,
)


class Despooler(Section):
    """The receiving side: how packages are taken apart."""

    registry_key: ClassVar[str | None] = r"Components\SMS_DESPOOLER"

    use_forced_disconnect: Annotated[
        Setting[int],
        Declared(
            "Use Forced Disconnect",
            registry=("Use Forced Disconnect",),
            defaults={"": 0},
            registry_versions=ProductVersion.between("1.2", "2.0sp5"),
            source="Q128458, Q182414",
        ),
    ] = UNSET
    retries_before_forced_disconnection: Annotated[
        Setting[int],
        Declared(
            "Number Of Retries Before Forced Disconnection",
            registry=("Number Of Retries Before Forced Disconnection",),
            unit="retries",
            defaults={"": 12},
            registry_versions=SMS_1_2,
            source="Q128458",
        ),
    ] = UNSET
    forced_disconnection_delay_minutes: Annotated[
        Setting[int],
        Declared(
            "Forced Disconnection Delay In Minutes",
            registry=("Forced Disconnection Delay In Minutes",),
            unit="minutes",
            defaults={"": 5},
            registry_versions=SMS_1_2,
            source="Q128458",
        ),
    ] = UNSET
    preferred_temp_drive: Annotated[
        Setting[str],
        Declared(
            "Preferred Drive For Temp Directory",
            registry=("Preferred Drive For Temp Directory",),
            defaults={"": ""},
            registry_versions=SMS_1_2,
            source="Q191307",
        ),
    ] = UNSET
    max_file_enum: Annotated[
        Setting[int],
        Declared("MaxFileEnum", registry=("MaxFileEnum",), registry_versions=SMS_1_2, source="Q168130"),
    ] = UNSET

    @property
    def component(self) -> str:
        """The component's name."""
        return "SMS_DESPOOLER"


class Compression(Section):
    """How packages are compressed before they are sent (Q121555)."""

    registry_key: ClassVar[str | None] = "Compression"

    yield_time_milliseconds: Annotated[
        Setting[int],
        Declared(
            "Yield Time",
            registry=("Yield Time",),
            unit="milliseconds",
            defaults={"": 75},
            registry_versions=UP_TO_2_0,
            source="Q121555",
        ),
    ] = UNSET
    compression_level: Annotated[
        Setting[int],
        Declared(
            "Compression Level",
            registry=("Compression Level",),
            legal=range(1, 8),
            defaults={"": 1},
            registry_versions=UP_TO_2_0,
            source="Q121555",
        ),
    ] = UNSET
    enable_compression: Annotated[
        Setting[str],
        Declared(
            "Enable Compression",
            registry=("Enable Compression",),
            defaults={"": "Yes"},
            registry_versions=UP_TO_2_0,
            source="Q121555",
        ),
    ] = UNSET
    decompression_buffer_log2: Annotated[
        Setting[int],
        Declared(
            "Decompression Buffer Size (Log2 Value)",
            registry=("Decompression Buffer Size (Log2 Value)",),
            unit="log2 of bytes",
            legal=range(1, 32),
            defaults={"": 15},
            registry_versions=UP_TO_2_0,
            source="Q121555",
        ),
    ] = UNSET

    @property
    def legal_buffers(self) -> range:
        """The legal Decompression Buffer Sizes; SMS 1.0 ignores what is above its default."""
        legal = self.decompression_buffer_log2.declared.legal or range(1)
        if self.product.within(SMS_1_0):
            return range(legal[0], self.decompression_buffer_log2.declared.default() + 1)
        return legal


class SiteConfigManager(Section):
    """The limit of the site control image (Q255262)."""

    registry_key: ClassVar[str | None] = r"Components\SMS_SITE_CONFIG_MANAGER"

    site_control_image_size: Annotated[
        Setting[int],
        Declared(
            "SiteControlImageSize",
            registry=("SiteControlImageSize",),
            unit="bytes",
            legal=range(454_000, 681_001),
            defaults={"": 454_000},
            registry_versions=SMS_1_2,
            source="Q255262",
        ),
    ] = UNSET

    @property
    def component(self) -> str:
        """The component's name."""
        return "SMS_SITE_CONFIG_MANAGER"


class HierarchyManager(Section):
    """How a site attaches to a parent (Q191305)."""

    registry_key: ClassVar[str | None] = r"Components\SMS_HIERARCHY_MANAGER"

    dont_send_db_to_parent_site: Annotated[
        Setting[int],
        Declared(
            "Dont Send DB To Parent Site",
            registry=("Dont Send DB To Parent Site",),
            registry_versions=SMS_1_2,
            source="Q191305",
        ),
    ] = UNSET

    @property
    def component(self) -> str:
        """The component's name."""
        return "SMS_HIERARCHY_MANAGER"


class DiscoveryDataManager(Section):
    """The counter that orders discovery data among sites (Q288407)."""

    registry_key: ClassVar[str | None] = r"Components\SMS_Discovery_Data_Manager"

    serial_number: Annotated[
        Setting[int],
        Declared("Serial number", registry=("Serial number",), registry_versions=SMS_2_0, source="Q288407"),
    ] = UNSET

    @property
    def component(self) -> str:
        """The component's name."""
        return "SMS_Discovery_Data_Manager"


class ReplicationManager(Section):
    """The counter that orders replication among sites (Q288970)."""

    registry_key: ClassVar[str | None] = r"Components\SMS_Replication_Manager"

    transaction_id: Annotated[
        Setting[int],
        Declared("Transaction ID", registry=("Transaction ID",), registry_versions=SMS_2_0, source="Q288970"),
    ] = UNSET

    @property
    def component(self) -> str:
        """The component's name."""
        return "SMS_Replication_Manager"


class Executive(Section):
    """The SMS Executive service, of which the senders are threads (Q121682)."""

    registry_key: ClassVar[str | None] = r"Components\SMS_EXECUTIVE"

    working_set_limit: Annotated[
        Setting[int],
        Declared(
            "Working Set Limit",
            registry=("Working Set Limit",),
            unit="bytes",
            defaults={"": 0},
            registry_versions=SMS_1,
            source="Q121682",
        ),
    ] = UNSET

    @property
    def component(self) -> str:
        """The component's name."""
        return "SMS_EXECUTIVE"


class ExecutiveThread(Section):
    """One thread of SMS Executive, and what was last asked of it (Q326589, Q263214)."""

    name: str
    current_state: Annotated[
        Setting[str], Declared("Current State", registry=("Current State",), source="Q326589")
    ] = UNSET
    requested_operation: Annotated[
        Setting[str], Declared("Requested Operation", registry=("Requested Operation",), source="Q326589")
    ] = UNSET

    @property
    def component(self) -> str:
        """The thread's name."""
        return self.name

    @property
    def state(self) -> str:
        """Its Current State in upper case; empty where that is not set."""
        return (self.current_state.value or "").upper()


class Tracing(Section):
    """Whether a component writes its log (Q122055, Q241001)."""

    name: str
    enabled: Annotated[Setting[int], Declared("Enabled", registry=("Enabled",), source="Q241001")] = UNSET
    trace_filename: Annotated[
        Setting[str], Declared("TraceFilename", registry=("TraceFilename",), source="Q241001")
    ] = UNSET
    max_file_size: Annotated[
        Setting[int], Declared("MaxFileSize", registry=("MaxFileSize",), unit="bytes", source="Q241001")
    ] = UNSET

    @property
    def component(self) -> str:
        """The name of the component that is traced."""
        return self.name
