import { GAP_KINDS, type GapKind, type Gaps } from '../../../server/contract/chain.js';
import { compare } from '../../lib/decimal';
import { count, scaled, scaleFor } from '../../lib/format';
import { GAPS, NOT_ONE_SUM } from './words';

interface GapChipsProps {
  gaps: Gaps;
  active: GapKind | undefined;
  onChoose: (kind: GapKind | undefined) => void;
}

/** Each kind of break that exists, with its records and the money at stake; one at a time filters the page. */
export function GapChips({ gaps, active, onChoose }: GapChipsProps) {
  const found = gaps.counts
    .filter(({ kind, count: times }) => times > 0 || kind === active)
    .sort(
      (a, b) =>
        Number(a.kind in NOT_ONE_SUM) - Number(b.kind in NOT_ONE_SUM) ||
        compare(b.amountAtStake, a.amountAtStake) ||
        GAP_KINDS.indexOf(a.kind) - GAP_KINDS.indexOf(b.kind),
    );
  if (found.length === 0) return <p className="about">No gap: every record leads on, has an owner, and is measured.</p>;
  return (
    <div
      className="chips"
      role="group"
      aria-label={`Gaps with the money at stake, ${gaps.currency}: choose one to filter by`}
    >
      {found.map(({ kind, count: times, amountAtStake }) => (
        <button
          key={kind}
          type="button"
          className="chip"
          data-gap={kind}
          aria-pressed={kind === active}
          onClick={() => onChoose(kind === active ? undefined : kind)}
        >
          <span aria-hidden="true">{kind === active ? '✕' : '▲'}</span>
          <span>
            {GAPS[kind].title} <b>{count(times)}</b>
            {!NOT_ONE_SUM[kind] && <span className="chip-stake"> · {brief(amountAtStake)}</span>}
          </span>
        </button>
      ))}
    </div>
  );
}

/** Chips are of different sizes: each has a scale of its own, and all the currency of the page. */
function brief(amount: string): string {
  const scale = scaleFor([amount]);
  return `${scaled(amount, scale)}${scale.suffix && `\u00a0${scale.suffix}`}`;
}
