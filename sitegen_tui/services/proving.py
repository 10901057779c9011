"""Templates and briefs proven: the gold chain and a run that does nothing, judged in the workers over looks of their own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass

from sitegen_tui.content.crossing import check_pair
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.findings import Charge, Judgement
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.ports import Workers
from sitegen_tui.domain.proofs import IDLE_FROM, GoldFinding, IdleFrom, IdleScore, PairProof, ProofReport, ProofWanted
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import SitegenError
from sitegen_tui.judge import proving
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.services.audit import AT_ONCE, Looks, sights_of
from sitegen_tui.services.eyes import SiteEyes

Site = Mapping[str, str]


@dataclass(frozen=True)
class _Chain:
    """The sites of a gold chain, the start first, and whose they are."""

    pairing: Pairing
    sites: Sequence[Site]


async def prove(
    wanted: ProofWanted, workers: Workers, eyes: SiteEyes | None, *, note: str = ""
) -> AsyncGenerator[PairProof | ProofReport]:
    """A pair's proof as soon as it is there, and the report at the end.

    Without `eyes` the files alone are judged, once; `note` says why. A pair that cannot be read or edited is told, not raised.
    Raises UnknownName, and RenderUnavailable when the browser goes away.
    """
    proofs: list[PairProof] = []
    for pairing in await workers.call(proving.pairings, wanted):
        proofs.append(await _proof(pairing, workers, eyes, wanted.renders if eyes is not None else 1))
        yield proofs[-1]
    layers = (Layer.STATIC,) if eyes is None else (Layer.STATIC, Layer.RENDERED)
    renders = wanted.renders if eyes is not None else 0
    yield ProofReport(renders=renders, layers=layers, rubric=catalogue().rubric_version, pairs=tuple(proofs), note=note)


async def _proof(pairing: Pairing, workers: Workers, eyes: SiteEyes | None, renders: int) -> PairProof:
    begun = time.perf_counter()
    try:
        tier = library().template(pairing.template).manifest.tier
        check_pair(library(), pairing.template, pairing.requirements)
        chain = _Chain(pairing, await workers.call(proving.gold_sites, pairing))
    except SitegenError as error:
        return PairProof(pairing=pairing, error=f"{error.message}; {error.hint}" if error.hint else error.message)
    turn = asyncio.Semaphore(AT_ONCE)
    totals: list[tuple[float, float]] = []
    seen: dict[tuple[str, str], list[Charge]] = {}
    idle: tuple[IdleScore, ...] = ()
    for number in range(renders):
        fresh = eyes.afresh() if eyes is not None else None
        gold = await asyncio.gather(*(_gold(chain, step, workers, fresh, turn) for step in range(len(ACTION_IDS))))
        totals.append((sum(one.score.value for one in gold), sum(one.score.assessed for one in gold)))
        for action, judgement in zip(ACTION_IDS, gold, strict=True):
            for charge in judgement.charges:
                seen.setdefault((action, _name(charge)), []).append(charge)
        if number == 0:
            work = (_idle(chain, step, left, workers, fresh, turn) for left in IDLE_FROM for step in range(len(ACTION_IDS)))
            idle = tuple(await asyncio.gather(*work))
    lowest = min(totals)
    return PairProof(
        pairing=pairing,
        tier=tier,
        gold=lowest[0],
        assessed=lowest[1],
        findings=tuple(
            GoldFinding(action=action, finding=found[0].finding, amount=max(one.amount for one in found), times=len(found))
            for (action, _), found in seen.items()
        ),
        idle=idle,
        seconds=time.perf_counter() - begun,
    )


async def _gold(chain: _Chain, step: int, workers: Workers, eyes: SiteEyes | None, turn: asyncio.Semaphore) -> Judgement:
    async with turn:
        looks = await _looks(chain, eyes, step, step + 1)
        return await workers.call(_judged_gold, chain.pairing, ACTION_IDS[step], looks)


async def _idle(
    chain: _Chain, step: int, left: IdleFrom, workers: Workers, eyes: SiteEyes | None, turn: asyncio.Semaphore
) -> IdleScore:
    async with turn:
        at = 0 if left == "start" else step
        looks = await _looks(chain, eyes, at, at)
        found = await workers.call(_judged_idle, chain.pairing, ACTION_IDS[step], left, looks)
        return IdleScore(action=ACTION_IDS[step], left=left, value=found.score.value)


async def _looks(chain: _Chain, eyes: SiteEyes | None, before: int, after: int) -> Looks | None:
    if eyes is None:
        return None
    seen = await asyncio.gather(*(eyes.look(chain.pairing, chain.sites[at]) for at in (before, after, 0)))
    return Looks(*(one.probe for one in seen))


def _judged_gold(pairing: Pairing, action: str, looks: Looks | None) -> Judgement:
    return proving.judged_gold(pairing, action, sights_of(looks))


def _judged_idle(pairing: Pairing, action: str, left: IdleFrom, looks: Looks | None) -> Judgement:
    return proving.judged_idle(pairing, action, left, sights_of(looks))


def _name(charge: Charge) -> str:
    """The same for a finding that several looks have in common."""
    finding = charge.finding
    return f"{finding.violation} {finding.subject} {finding.evidence.file} {finding.evidence.line}"
