"""Who can be asked: from a model's name to its provider, and what lists say of it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue, SecretStr

from sitegen_tui.domain.models import REPLAY, ModelInfo
from sitegen_tui.domain.policies import ROUTED, Policy
from sitegen_tui.domain.ports import OFFLINE, Lane, Provider, Recordings, Workers
from sitegen_tui.errors import ProviderError, SitegenError, UnknownName, UsageError
from sitegen_tui.providers import local, policies
from sitegen_tui.providers.commands import Command, CommandProvider
from sitegen_tui.providers.contestants import Entry, ModelsFile, Way, contestants, settings_over
from sitegen_tui.providers.names import Named, masked, origin, parse
from sitegen_tui.providers.profiles import profiles
from sitegen_tui.providers.reference import ReferenceProvider
from sitegen_tui.providers.replay import ReplayProvider
from sitegen_tui.providers.routed import RoutedProvider
from sitegen_tui.providers.simulated import PREFIX, SimulatedProvider
from sitegen_tui.settings import secret

_FAMILIES = {
    "gpt": "openai",
    "claude": "anthropic",
    "gemini": "google",
    "gemma": "google",
    "llama": "meta-llama",
    "mistral": "mistralai",
    "mixtral": "mistralai",
    "codestral": "mistralai",
    "qwen": "qwen",
    "deepseek": "deepseek",
    "kimi": "moonshotai",
    "grok": "x-ai",
    "smollm": "huggingface",
    "phi-": "microsoft",
    "glm": "z-ai",
}
"""Families by words in the names of models, as the services call them."""


def models() -> tuple[ModelInfo, ...]:
    """Every model that is listed, in the order of lists. Raises UsageError for a models file that cannot be read."""
    file = contestants()
    routed = (_listed_policy(name) for name in policies.names())
    return (*_offline().values(), *(_described(_parsed(name, file), file) for name in file.models), *routed)


def model(name: str, recordings: Recordings | None = None) -> ModelInfo:
    """What is known of a model, by its name or alias; `name` of the result is the one by which results are kept.

    With `recordings` a replay says whether it is one of a simulated model. Raises UnknownName with near names, or UsageError.
    """
    offline = _offline()
    if name in offline:
        return offline[name]
    if name.startswith(ROUTED):
        return _routed(name)
    file = contestants()
    named = _parsed(file.aliases().get(name, name), file)
    if named.kind == "replay":
        return _replay(named, recordings)
    return _described(named, file)


def provider(name: str, workers: Workers, recordings: Recordings | None = None) -> Provider:
    """The adapter that reaches a model; offline models calculate in `workers`, replays read `recordings`.

    Raises as `model` does, and ProviderError where something that has to be here is missing.
    """
    info = model(name)
    match info.kind:
        case "reference":
            return ReferenceProvider(workers)
        case "simulated":
            return SimulatedProvider(workers)
        case "replay":
            if recordings is None:
                raise ProviderError(f"{name}: stored runs cannot be read here", hint="run it with sitegen run")
            return ReplayProvider(info.name.removeprefix(REPLAY), recordings)
        case "routed":
            legs = {leg: provider(leg, workers, recordings) for leg in dict.fromkeys(info.routes.values())}
            return RoutedProvider(info.name, info.routes, legs)
        case "cli":
            return CommandProvider(info.name, command(info.name), info.lane, info.price)
        case "local":
            short = info.name.removeprefix("local/")
            server = local.server(short, info.context or local.CONTEXT)
            return local.LocalProvider(server, model=short, settings=info.settings, price=info.price)
        case _:
            return _served(info)


def command(name: str) -> Command:
    """The command line behind a model named cli/.... Raises UnknownName."""
    file = contestants()
    entry = file.models.get(name)
    if entry is None or not entry.command:
        raise UnknownName("command", name, tuple(one for one in file.models if one.startswith("cli/")))
    return Command(entry.command, entry.environment, entry.timeouts)


def key_of(info: ModelInfo) -> SecretStr | None:
    """The key that a model is asked with, None where it needs none or none is set."""
    return secret(info.key) if info.key else None


def served_id(info: ModelInfo) -> str:
    """What the service itself calls the model."""
    return _parsed(info.name, contestants()).id


async def close() -> None:
    """End what providers share: connections of this event loop, and servers that were started."""
    import asyncio
    import sys

    if "sitegen_tui.providers.wire" in sys.modules:
        from sitegen_tui.providers.openai import aclose

        await aclose()
    await asyncio.to_thread(local.close_servers)


def _served(info: ModelInfo) -> Provider:
    from sitegen_tui.providers.openai import OpenAIProvider

    key = key_of(info)
    if info.key and key is None:
        raise ProviderError(f"{info.name}: {info.note}", hint=_key_mend(info))
    return OpenAIProvider(
        base_url=info.base_url,
        model=served_id(info),
        key=key,
        settings=info.settings,
        price=info.price,
        lane=info.lane,
        dialect="openrouter" if info.kind == "openrouter" else "openai",
    )


def _offline() -> dict[str, ModelInfo]:
    infos = [
        ModelInfo(
            name="reference",
            kind="reference",
            title="Reference editor",
            reachable=True,
            note="the reference editor: a perfect run",
        ),
        *(
            ModelInfo(name=PREFIX + name, kind="simulated", simulated=True, reachable=True, note=profile.about)
            for name, profile in profiles().items()
        ),
    ]
    return {info.name: info for info in infos}


def _routed(name: str) -> ModelInfo:
    """A policy with what its models have in common. Raises UnknownName, or UsageError that names the line of an unknown model."""
    short = name.removeprefix(ROUTED)
    policy = policies.read(short)
    found = {action: _leg(short, action, given) for action, given in policy.choices.items()}
    legs = {info.name: info for info in found.values()}
    away = [info for info in legs.values() if info.reachable is False]
    known = all(info.reachable for info in legs.values())
    return ModelInfo(
        name=name,
        kind="routed",
        simulated=any(info.simulated for info in legs.values()),
        routes={action: info.name for action, info in found.items()},
        reachable=False if away else True if known else None,
        note="; ".join(f"{info.name}: {info.note}" for info in away) or _policy_note(policy, tuple(legs)),
    )


def _leg(policy: str, action: str, given: str) -> ModelInfo:
    try:
        return model(given)
    except UsageError as error:
        place = policies.line_of(policy, action)
        raise UsageError(f"{place}: {error.message}", hint=error.hint) from error


def _policy_note(policy: Policy, legs: tuple[str, ...]) -> str:
    what = "the cheapest" if policy.saves == "cost" else "the fastest"
    return f"by action {what} within {policy.tolerance:g} points of the best of {', '.join(legs)}"


def _listed_policy(name: str) -> ModelInfo:
    """A policy as lists show it: one that cannot be used is there, with the reason."""
    try:
        return _routed(ROUTED + name)
    except SitegenError as error:
        return ModelInfo(name=ROUTED + name, kind="routed", reachable=False, note=error.message.replace("\n", "; "))


def _parsed(name: str, file: ModelsFile) -> Named:
    entry = file.models.get(name)
    named = parse(name, file.addresses(), has_address=entry is not None and entry.base_url is not None)
    known = named is not None and (named.kind in ("openrouter", "openai", "replay") or name in file.models)
    if named is None or not known:
        names = (*_offline(), *file.models, *file.aliases(), "openrouter/...", "openai/...@...", "replay/...", "routed/...")
        raise UnknownName("model", masked(name), names)
    return named


def _described(named: Named, file: ModelsFile) -> ModelInfo:
    entry = file.models.get(named.name, Entry())
    way = _way(named, entry, file)
    info = ModelInfo(
        name=named.name,
        kind=named.kind,
        title=entry.title,
        alias=entry.alias,
        price=entry.price,
        context=entry.context,
        max_output=entry.max_output,
        settings=_settings(way.settings, entry.max_output),
        lane=_lane(named, entry, way),
        base_url=way.base_url or "",
        key=way.key,
        note=entry.note,
        family=entry.family or _family(named),
    )
    reachable, note = _reachable(info, entry)
    return info.model_copy(update={"reachable": reachable, "note": note or info.note})


def family(name: str) -> str:
    """Who trained a model; '' where that is not known, or the model is no longer."""
    try:
        return model(name).family
    except SitegenError:
        return ""


def _family(named: Named) -> str:
    """Who trained a model, where its name says so: services that pass on many models put that first."""
    vendor, slash, _ = named.id.partition("/")
    if named.kind == "openrouter" and slash:
        return vendor
    return next((family for word, family in _FAMILIES.items() if word in named.id.casefold()), "")


def _way(named: Named, entry: Entry, file: ModelsFile) -> Way:
    """Address, key, limits and settings: the model's own, else its server's, else its kind's."""
    common = {"openrouter": file.providers.openrouter, "openai": file.providers.openai, "cli": file.providers.cli}
    layers = [common.get(named.kind, Way())]
    address = entry.base_url or named.base_url or layers[0].base_url
    # Keys and limits of a server are those of whatever listens there, whichever name it was reached by.
    layers += [way for way in file.servers.values() if address and way.base_url and origin(way.base_url) == origin(address)][:1]
    layers.append(entry)
    key = entry.key
    if key is None and named.kind in ("openrouter", "openai") and address:
        key = next((way.key for way in reversed(layers[:-1]) if way.base_url and origin(way.base_url) == origin(address)), None)
    return Way(
        base_url=address.rstrip("/") if address else None,
        key=key,
        at_once=next((way.at_once for way in reversed(layers) if way.at_once is not None), None),
        per_minute=next((way.per_minute for way in reversed(layers) if way.per_minute is not None), None),
        settings=settings_over({}, *(way.settings for way in layers)),
    )


def _settings(settings: Mapping[str, JsonValue], max_output: int | None) -> dict[str, JsonValue]:
    """Settings as they are sent: null is gone, and no more is asked for than the model can write."""
    kept: dict[str, JsonValue] = {name: value for name, value in settings.items() if value is not None}
    for name in ("max_tokens", "max_completion_tokens"):
        wanted = kept.get(name)
        if isinstance(wanted, int) and max_output is not None:
            kept[name] = min(wanted, max_output)
    return kept


def _lane(named: Named, entry: Entry, way: Way) -> Lane:
    """Models of one service and key share a lane, unless a model has limits of its own."""
    if named.kind == "local":
        return local.LANE
    if named.kind == "replay":
        return OFFLINE
    name: str = named.kind
    if entry.at_once is not None or entry.per_minute is not None or named.kind == "cli":
        name = named.name
    elif named.kind == "openai" and way.base_url:
        scheme, host, port = origin(way.base_url)
        name = f"{scheme}://{host}:{port}"
    return Lane(name=name, at_once=way.at_once, per_minute=way.per_minute)


def _reachable(info: ModelInfo, entry: Entry) -> tuple[bool | None, str]:
    """Whether it can be asked, as far as this machine knows, and what is missing."""
    match info.kind:
        case "local":
            fault = local.missing()
            return (False, f"{fault}; {local.MEND}") if fault else (True, entry.note or "runs on this machine, without a network")
        case "cli":
            if not entry.command:
                return False, "no command is set; give one in your models file"
            found = Command(entry.command).executable()
            return (None, entry.note) if found else (False, f"there is no program {entry.command[0]!r} here")
        case _:
            if info.key and key_of(info) is None:
                return False, f"no key: {_key_mend(info)}"
            return None, entry.note


def _key_mend(info: ModelInfo) -> str:
    return f"set {info.key} in the environment, or keep it in the keyring under sitegen-tui"


def _replay(named: Named, recordings: Recordings | None) -> ModelInfo:
    info = ModelInfo(name=named.name, kind="replay", note="a stored run, played again")
    if recordings is None:
        return info
    recorded = recordings.plan(named.id)
    if recorded.model.startswith(REPLAY):
        raise UsageError(f"{named.name} is a replay of {recorded.model} itself", hint=f"name {recorded.model}")
    title = f"replay of {recorded.model}"
    return info.model_copy(update={"title": title, "simulated": recorded.simulated, "reachable": True, "note": title})
