import { useId, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { GAP_KINDS, type GapKind, type Gaps } from '../../../server/contract/chain.js';
import { compare } from '../../../server/contract/decimal.js';
import { count, counted, money, scaled, scaleFor } from '../../../server/contract/format.js';
import { Num } from '../../ui/num';
import { fitting } from './fitting';
import { GAPS, NO_STAKE, NOT_ONE_SUM } from './words';
import './gap-chips.css';

interface GapChipsProps {
  gaps: Gaps;
  active: GapKind | undefined;
  onChoose: (kind: GapKind | undefined) => void;
}

type Count = Gaps['counts'][number];

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
  return <Chips found={found} currency={gaps.currency} active={active} onChoose={onChoose} />;
}

/** The largest stakes on a row or two, and a button for the rest, so that the chain itself stays in sight. */
function Chips({
  found,
  currency,
  active,
  onChoose,
}: Pick<GapChipsProps, 'active' | 'onChoose'> & { found: readonly Count[]; currency: string }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const [ruler, widths] = useWidths(found.map(({ kind }) => kind).join());
  const shown = foldedTo(found, active, widths);
  const hidden = found.length - shown.length;
  return (
    <div className="chips-frame">
      <div
        id={id}
        className="chips"
        role="group"
        aria-label={`Gaps with the money at stake, ${currency}: choose one to filter by`}
      >
        {found.map((of, at) =>
          isOpen || shown.includes(at) ? (
            <span key={of.kind} className="chip-box">
              <button
                type="button"
                className="chip"
                data-gap={of.kind}
                aria-pressed={of.kind === active}
                onClick={() => onChoose(of.kind === active ? undefined : of.kind)}
              >
                <ChipWords kind={of.kind} isActive={of.kind === active} />
              </button>
              <Num trace={{ figure: 'gap', kind: of.kind }} label={`${GAPS[of.kind].title}: ${count(of.count)}`}>
                {count(of.count)}
              </Num>
              {stakeOf(of, currency)}
            </span>
          ) : null,
        )}
        {hidden > 0 && (
          <button
            type="button"
            className="chip chips-more"
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={isOpen ? 'Fewer kinds of gaps' : `${counted(hidden, 'more kind', 'more kinds')} of gaps`}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Fewer' : `${count(hidden)} more`} <span aria-hidden="true">{isOpen ? '▴' : '▾'}</span>
          </button>
        )}
      </div>
      {/* As wide as each chip is, for whoever is folded away too. */}
      <div ref={ruler} className="chips chips-ruler" aria-hidden="true" inert>
        {found.map((of) => (
          <span key={of.kind} className="chip-box">
            <span className="chip">
              <ChipWords kind={of.kind} isActive={of.kind === active} />
            </span>
            <span className="num">{count(of.count)}</span>
            {!NOT_ONE_SUM[of.kind] && (
              <span className="num">{of.noStake === null ? brief(of.amountAtStake) : NO_STAKE[of.noStake].letter}</span>
            )}
          </span>
        ))}
        <span className="chip chips-more">{count(found.length)} more ▾</span>
      </div>
    </div>
  );
}

const NARROW = 500;
const WIDE = 1000;
const GAP = 4;

interface Widths {
  room: number;
  chips: readonly number[];
  more: number;
}

/** How wide the chips, the button of the rest and the room for them are, whenever one of them changes. */
function useWidths(kinds: string): [RefObject<HTMLDivElement | null>, Widths | null] {
  const ruler = useRef<HTMLDivElement>(null);
  const [widths, setWidths] = useState<Widths | null>(null);
  useLayoutEffect(() => {
    const target = ruler.current;
    if (target === null) return;
    const measure = () => {
      const all = [...target.children].map((chip) => Math.ceil(chip.getBoundingClientRect().width));
      setWidths({ room: Math.floor(target.clientWidth), chips: all.slice(0, -1), more: all.at(-1) ?? 0 });
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const measured of [target, ...target.children]) observer.observe(measured);
    return () => observer.disconnect();
  }, [kinds]);
  return [ruler, widths];
}

/** The places of the chips that are shown while the rest is folded away. */
function foldedTo(found: readonly Count[], active: GapKind | undefined, widths: Widths | null): readonly number[] {
  // Measured before kinds came or went.
  if (widths === null || widths.chips.length !== found.length) return found.map((_, at) => at);
  const at = found.findIndex(({ kind }) => kind === active);
  const { room, chips, more } = widths;
  // Every row pushes the picture down.
  const rows = room < NARROW ? 3 : room < WIDE ? 2 : 1;
  return fitting({ widths: chips, more, room, gap: GAP, rows, always: at < 0 ? undefined : at });
}

function ChipWords({ kind, isActive }: { kind: GapKind; isActive: boolean }) {
  return (
    <>
      <span aria-hidden="true">{isActive ? '✕' : '▲'}</span>
      {GAPS[kind].title}
    </>
  );
}

/** The money at stake; a letter with its reason where there is none in money; nothing where it is no sum. */
function stakeOf({ kind, amountAtStake, noStake }: Count, currency: string) {
  if (NOT_ONE_SUM[kind]) return null;
  const name = `${GAPS[kind].title}, at stake`;
  const amount = `${name} ${money(amountAtStake, currency)}`;
  return (
    <Num
      trace={{ figure: 'gap_at_stake', kind }}
      label={noStake === null ? amount : `${name}: ${NO_STAKE[noStake].reason}`}
    >
      {noStake === null ? brief(amountAtStake) : NO_STAKE[noStake].letter}
    </Num>
  );
}

/** Chips are of different sizes: each has a scale of its own, and all the currency of the page. */
function brief(amount: string): string {
  const scale = scaleFor([amount]);
  return `${scaled(amount, scale)}${scale.suffix && `\u00a0${scale.suffix}`}`;
}
