import { Link, useSearch } from '@tanstack/react-router';
import type { GapKind, Gaps as GapCounts } from '../../../server/contract/chain.js';
import type { PageSearch } from '../../lib/address';
import { compare } from '../../../server/contract/decimal.js';
import { count, decimalsOf, scaled, unitOf, type Scale } from '../../../server/contract/format.js';
import { Amount } from '../../ui/amount';
import { DataTable } from '../../ui/data-table';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { gapSearch } from './gap-search';

type GapCount = GapCounts['counts'][number];

const WORDS: Record<GapKind, string> = {
  investment_without_initiative: 'Investment without initiative',
  initiative_without_capability: 'Initiative without capability',
  capability_without_outcome: 'Capability without outcome',
  outcome_without_benefit: 'Outcome without benefit',
  benefit_without_outcome: 'Benefit without outcome',
  outcome_without_capability: 'Outcome without capability',
  capability_without_initiative: 'Capability without initiative',
  initiative_without_investment: 'Initiative without investment',
  no_owner: 'No owner',
  benefit_without_baseline: 'Benefit without baseline',
  benefit_without_plan: 'Benefit without plan',
  benefit_without_measurement: 'Benefit due, not measured',
  outcome_without_target: 'Outcome without target',
  value_not_defined_upfront: 'Benefit planned after work began',
};

/**
 * Kinds whose money at stake is not one sum: records without an owner stand in several layers, and the same money passes through all of them;
 * a benefit without a plan has no planned value to be at stake. A letter with its reason stands there, never a figure that misleads.
 */
const NOT_ONE_SUM: Partial<Record<GapKind, { letter: string; reason: string }>> = {
  no_owner: { letter: 'z', reason: 'not added: the same money passes through several layers' },
  benefit_without_plan: { letter: 'x', reason: 'not known: no value is planned' },
};

const NO_STAKE: Record<NonNullable<GapCount['noStake']>, { letter: string; reason: string }> = {
  not_money: { letter: 'x', reason: 'not in money: its benefits are counted in units of their own' },
  no_benefit: { letter: 'x', reason: 'not known: it leads to no benefit' },
};

/** What stands in place of an amount, and why. */
const letterOf = ({ kind, noStake }: GapCount): { letter: string; reason: string } | undefined =>
  NOT_ONE_SUM[kind] ?? (noStake === null ? undefined : NO_STAKE[noStake]);

/** The finding: the kind of break with most at stake. */
export function GapsMessage({ gaps, scale }: { gaps: GapCounts | undefined; scale: Scale }) {
  const [worst] = [...(gaps?.counts ?? [])]
    .filter((gap) => gap.count > 0 && !letterOf(gap))
    .sort((a, b) => compare(b.amountAtStake, a.amountAtStake));
  if (worst === undefined || compare(worst.amountAtStake, '0') <= 0) return 'Where the line breaks';
  return (
    <>
      {WORDS[worst.kind]}:{' '}
      <Amount
        amount={worst.amountAtStake}
        scale={scale}
        name={`${WORDS[worst.kind]}, at stake`}
        trace={{ figure: 'gap_at_stake', kind: worst.kind }}
        withUnit
      />{' '}
      at stake
    </>
  );
}

/** More than these would push the page beyond one screen. */
const MOST = 4;

/** Each kind of break in the chain, how often, and the money at stake; dearest first. */
export function Gaps({ gaps, scale }: { gaps: GapCounts; scale: Scale }) {
  const { currency } = usePageScope();
  const search = useSearch({ strict: false }) as PageSearch & { gaps?: string };
  // On a wall there is room, and nobody to press a button.
  const isPresenting = search.present !== undefined;
  const found = gaps.counts
    .filter(({ count: times }) => times > 0)
    .sort(
      (a, b) =>
        Number(Boolean(letterOf(a))) - Number(Boolean(letterOf(b))) || compare(b.amountAtStake, a.amountAtStake),
    );
  if (found.length === 0) return <Empty>No gap: every record leads on, has an owner, and is measured.</Empty>;
  const shown = search.gaps === 'all' || isPresenting || found.length <= MOST ? found : found.slice(0, MOST);
  const isFolded = shown.length < found.length;
  const decimals = Math.max(
    0,
    ...shown.filter((gap) => !letterOf(gap)).map(({ amountAtStake }) => decimalsOf(scaled(amountAtStake, scale))),
  );
  return (
    <>
      <DataTable
        label="Gaps by kind"
        caption="Gaps by kind"
        hideCaption
        className={isFolded || isPresenting ? 'gaps' : 'gaps gaps-all'}
        rows={shown}
        rowKey={({ kind }) => kind}
        columns={[
          {
            id: 'kind',
            header: 'Gap',
            rowHeader: true,
            cell: ({ kind }) => (
              <Link to="/chain" search={gapSearch(kind)} className="gap-link">
                {WORDS[kind]}
              </Link>
            ),
          },
          {
            id: 'count',
            header: 'Records',
            numeric: true,
            cell: ({ kind, count: times }) => (
              <Num trace={{ figure: 'gap', kind }} label={`${WORDS[kind]}: ${count(times)}`}>
                {count(times)}
              </Num>
            ),
          },
          {
            id: 'stake',
            header: 'At stake',
            unit: unitOf(scale, currency),
            numeric: true,
            cell: (gap) => <Stake gap={gap} scale={scale} decimals={decimals} />,
          },
        ]}
      />
      <p className="gaps-foot">
        {found.length > MOST && !isPresenting && (
          <Link
            to="."
            search={(current: Record<string, unknown>) => ({ ...current, gaps: isFolded ? 'all' : undefined })}
            replace
            resetScroll={false}
            className="button button-plain"
            activeProps={{}}
          >
            {isFolded ? `Show all ${count(found.length)} kinds of gap` : 'Show the largest only'}
          </Link>
        )}
        <span className="caption">without any link; bars count partial ones too</span>
      </p>
    </>
  );
}

function Stake({ gap, scale, decimals }: { gap: GapCount; scale: Scale; decimals: number }) {
  const letter = letterOf(gap);
  if (letter)
    return (
      <abbr title={letter.reason}>
        {letter.letter}
        <span className="visually-hidden"> {letter.reason}</span>
      </abbr>
    );
  return (
    <Amount
      amount={gap.amountAtStake}
      scale={scale}
      name={`${WORDS[gap.kind]}, at stake`}
      trace={{ figure: 'gap_at_stake', kind: gap.kind }}
      decimals={decimals}
    />
  );
}
