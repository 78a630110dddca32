"""The product version: every spelling of a build, what it leaves open, and how versions compare."""

from dataclasses import replace

import pytest

from smslint.schema.version import ANY, FROM_2012, RELEASES, SMS_1, SMS_2_AND_LATER, ProductVersion


@pytest.mark.parametrize(
    ("build", "name"),
    [
        ("600", "1.0"),
        ("631", "1.0"),
        ("692", "1.1"),
        ("786", "1.2"),
        (" 786 ", "1.2"),
        ("2.00.1165", "2.0rtm"),
        ("2.00.1239.0000", "2.0rtm"),
        ("2.00.1239.1000", "2.0rtm"),
        ("2.00.1380.1000", "2.0sp1"),
        ("2.00.1380.0000", "2.0sp1"),
        ("2.000.1380.1000", "2.0sp1"),
        ("2.00.1493.2000", "2.0sp2"),
        ("2.00.1493.2004", "2.0sp2"),
        ("2.00.1493.3273", "2.0sp3"),
        ("2.0.1493.3273", "2.0sp3"),
        ("2.00.1493.4000", "2.0sp4"),
        ("2.00.1493.5000", "2.0sp5"),
        ("2.00.1493", "2.0"),
        ("1493", "2.0"),
        ("2.50.4253.3000", "2003sp3"),
        ("2.50.2726.0018", "2003rtm"),
        ("2.50.3174.1018", "2003sp1"),
        ("2.50.4160.2000", "2003sp2"),
        ("2.50.4200.0000", "2003"),
        ("2726", "2003rtm"),
        ("3174", "2003sp1"),
        ("4160", "2003sp2"),
        ("4253", "2003sp3"),
        ("2727", "2003"),
        ("5931", "2007rtm"),
        ("6221", "2007sp1"),
        ("6487", "2007sp2"),
        ("6000", "2007"),
        ("7711", "2012rtm"),
        ("7804", "2012sp1"),
        ("7958", "2012r2"),
        ("8239", "2012sp2"),
        ("7860", "2012"),
        ("8324", "2012"),
        ("8325", "current"),
        ("9128", "current"),
        ("5.00.8239.1000", "2012sp2"),
        ("2,00,1493,3000", "2.0sp3"),
        ("4.00.5931.0000", "2007rtm"),
        ("4.00.6221.1000", "2007sp1"),
        ("4.00.6487.2157", "2007sp2"),
        ("5.00.7711.0000", "2012rtm"),
        ("5.00.7804.1000", "2012sp1"),
        ("5.00.7958.1000", "2012r2"),
        ("5.00.8325.1000", "current"),
        ("5.00.9999.1000", "current"),
    ],
)
def test_a_build_names_its_version(build: str, name: str) -> None:
    version = ProductVersion.of_build(build)
    assert version is not None
    assert version.name == name


@pytest.mark.parametrize(
    "text", ["", "x", "2", "31", "3.00.1000", "2.00", "２.00.1239", "786.1", "2.00.123456"]
)
def test_what_is_no_build_is_refused(text: str) -> None:
    assert ProductVersion.of_build(text) is None


def test_sms_1_2_never_tells_its_service_pack() -> None:
    version = ProductVersion.of_build("786")
    assert version is not None
    assert version.overlaps(ProductVersion.between("1.2sp4", "1.2sp4"))
    assert not version.within(ProductVersion.between("1.2", "1.2sp3"))


@pytest.mark.parametrize("build", ["1494", "2000", "2725"])
def test_a_build_after_sms_2_0_says_no_more_than_that_it_is_later(build: str) -> None:
    assert ProductVersion.of_build(build) == ProductVersion.between("2003rtm", "current")


@pytest.mark.parametrize("build", ["4254", "5000", "5930"])
def test_a_build_between_two_families_may_be_of_either(build: str) -> None:
    version = ProductVersion.of_build(build)
    assert version is not None
    for family in ("2003", "2007"):
        assert version.overlaps(ProductVersion.named(family))
        assert not version.within(ProductVersion.named(family))


def test_a_version_remembers_its_build_and_compares_without_it() -> None:
    early, late = ProductVersion.named("5.00.8540.1000"), ProductVersion.named("5.00.9128.1000")
    assert (early.build, late.build) == (8540, 9128)
    assert early == late == ProductVersion.named("current")
    assert ProductVersion.named("current").refined(late) == late


def test_what_the_form_of_a_dump_shows_is_reported_with_it() -> None:
    floor = replace(FROM_2012, basis="the form of the dump")
    assert str(floor) == "Configuration Manager 2012 or later (by the form of the dump)"
    assert str(floor.refined(ProductVersion.named("current"))) == "Configuration Manager current branch"
    assert str(floor.refined(SMS_2_AND_LATER)) == str(floor)


def test_build_1493_alone_is_service_pack_2_to_5() -> None:
    assert ProductVersion.of_build("1493") == ProductVersion.between("2.0sp2", "2.0sp5")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2.0 SP3", "2.0sp3"),
        ("2.0rtm", "2.0rtm"),
        ("CURRENT", "current"),
        ("2012R2", "2012r2"),
        ("786", "1.2"),
    ],
)
def test_the_command_line_takes_names_and_builds(text: str, name: str) -> None:
    assert ProductVersion.named(text).name == name


def test_a_name_without_a_pack_leaves_the_pack_open() -> None:
    assert ProductVersion.named("2.0") == ProductVersion.between("2.0rtm", "2.0sp5")


@pytest.mark.parametrize("name", [name for name in RELEASES if not name.endswith("rtm")])
def test_every_release_is_accepted_by_its_name(name: str) -> None:
    assert ProductVersion.named(name).overlaps(ProductVersion.between(name, name))


def test_a_mistyped_version_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"'2.0sp9' is not a product version. Did you mean 2.0sp"):
        ProductVersion.named("2.0sp9")


def test_versions_compare_where_they_are_certain() -> None:
    sp3, sp4 = ProductVersion.named("2.0sp3"), ProductVersion.named("2.0sp4")
    unknown_pack = ProductVersion.named("2.0")
    assert sp3 < sp4
    assert sp4 > sp3
    assert not unknown_pack < sp4
    assert not unknown_pack > sp3
    assert SMS_1 < SMS_2_AND_LATER


def test_two_facts_narrow_each_other_or_contradict() -> None:
    build_1493 = ProductVersion.between("2.0sp2", "2.0sp5")
    assert build_1493.refined(ProductVersion.named("2.0sp3")) == ProductVersion.named("2.0sp3")
    assert build_1493.refined(ProductVersion.named("1.2")) is None
    assert ANY.refined(SMS_1) == SMS_1


@pytest.mark.parametrize(
    ("version", "words"),
    [
        (ProductVersion.named("1.2"), "SMS 1.2"),
        (ProductVersion.named("2.0"), "SMS 2.0"),
        (ProductVersion.named("2.0sp3"), "SMS 2.0 SP3"),
        (ProductVersion.between("2.0rtm", "2.0sp3"), "SMS 2.0 RTM to SP3"),
        (ProductVersion.between("1.0", "2.0sp1"), "SMS 1.0 to 2.0 SP1"),
        (SMS_1, "SMS 1.x"),
        (ProductVersion.named("2007sp2"), "ConfigMgr 2007 SP2"),
        (SMS_2_AND_LATER, "SMS 2.0 RTM and later"),
        (ANY, "any version"),
    ],
)
def test_a_version_reads_as_people_say_it(version: ProductVersion, words: str) -> None:
    assert str(version) == words
