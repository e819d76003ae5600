"""Whether a plugin gets along with the provinces that are installed."""

from collections.abc import Iterator

from engine import codes
from engine.errors import ClbError
from engine.i18n import _
from engine.plugin_checks.model import Candidate, Mistake
from engine.policy.files import parse_policy
from engine.provinces.load import POLICY_FILE, Provinces


def neighbour_mistakes(candidate: Candidate, provinces: Provinces) -> Iterator[Mistake]:
    """Yield a prefix of club ids that another installed province has already."""
    try:
        data = (candidate.folder / candidate.package / POLICY_FILE).read_bytes()
        prefix = parse_policy(data, origin=POLICY_FILE).prefix
    except (OSError, ClbError):
        return  # told by the look at the policy itself
    for province in sorted(provinces.found()):
        if province == candidate.province:
            continue
        try:
            taken = provinces.policy(province).prefix == prefix
        except ClbError:
            continue  # a broken neighbour does not speak against this one
        if taken:
            yield Mistake(
                codes.PLUGIN_PREFIX,
                POLICY_FILE,
                "province.prefix",
                _("The clubs of {province} already have ids that begin with {prefix}.").format(
                    province=province, prefix=prefix
                ),
                _("two letters of its own"),
            )
