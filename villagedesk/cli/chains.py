"""Commands about who signs: the sign-off chain the village goes by, and who is whose relative."""

import click

from villagedesk.cli.session import Session, chosen, listing
from villagedesk.village import store
from villagedesk.village.model import Kinship


@click.command()
@click.argument("key", required=False)
@click.option("--reason", default="", help="为什么改")
@click.pass_obj
def chain(session: Session, key: str | None, reason: str) -> None:
    """看有哪些审批流程，或选定一种（新提交的按它走，已在路上的不变）。"""
    from villagedesk.village.usecases import choose_chain

    if key:
        desk = session.desk()
        choose_chain(desk, key, reason)
    else:
        desk = session.desk(write=False)
    chains, now = store.profile(desk).chains, store.office(desk).chain
    rows = [
        ("●" if one.key == now else "", one.key, one.label, "→".join(step.who.label for step in one.steps), one.source)
        for one in chains.values()
    ]
    session.say(listing(("现用", "代号", "名称", "流程", "依据"), rows), {"chain": now, "chains": list(chains)})


@click.command()
@click.argument("holder", required=False)
@click.argument("relative", required=False)
@click.option("--relation", default="", help="什么关系，例如 儿子")
@click.option("--drop", "reason", default="", help="删去这一条，写明原因")
@click.pass_obj
def relative(session: Session, holder: str | None, relative: str | None, relation: str, reason: str) -> None:
    """看登记的亲属关系，或登记 HOLDER（任职人员）的亲属 RELATIVE。"""
    from villagedesk.village.usecases import drop_kinship, record_kinship

    desk = session.desk(write=bool(holder and relative))
    if holder and relative:
        known = [one for one in store.kinships(desk) if (one.holder, one.relative) == (holder, relative)]
        if reason:
            drop_kinship(desk, chosen(f"{relative}和{holder}的关系", known).id, reason)
        else:
            record_kinship(desk, Kinship(holder=holder, relative=relative, relation=relation))
    found = store.kinships(desk)
    rows = [(one.holder, one.relative, one.relation) for one in found]
    words = listing(("任职人员", "亲属", "关系"), rows) if rows else "没有登记亲属关系。"
    session.say(words, [one.row() for one in found])


COMMANDS: tuple[click.Command, ...] = (chain, relative)
