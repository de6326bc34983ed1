import { Link } from '@tanstack/react-router';
import type { CapabilityMap, CapabilityOnMap } from '../../../server/contract/capability.js';
import { count, percent } from '../../../server/contract/format.js';
import { Num } from '../../ui/num';
import { Empty } from '../../ui/query-state';
import type { MapSpan } from './api';
import { widestFirst } from './mismatches';
import { importanceOf, levelOf } from './words';

interface MismatchCardProps {
  map: CapabilityMap;
  span: MapSpan;
}

const GROUPS = [
  { id: 'under_funded', name: 'Strategic, below target, with less than an equal part of spend' },
  { id: 'over_funded', name: 'Supporting, at target, with more than an equal part of spend' },
  { id: null, name: 'All others with a gap' },
] as const;

/** Where strength is missing against where money goes: two bars a capability on one scale, the widest mismatch first. */
export function MismatchCard({ map, span }: MismatchCardProps) {
  if (map.unassessed !== null)
    return (
      <section className="card cap-mismatch" aria-labelledby="cap-mismatch-head">
        <h2 id="cap-mismatch-head">Need against money</h2>
        <Empty>
          Assessments lie in no portfolio: choose all IT or a business area to see where strength is missing, and
          whether the money is there.
        </Empty>
      </section>
    );
  return <Compared {...{ map, span }} />;
}

function Compared({ map, span }: MismatchCardProps) {
  const known = map.items.filter(({ gap }) => gap !== null);
  const silent = map.items.length - known.length;
  const longest = Math.max(map.equalPart ?? 0, ...known.flatMap((item) => [item.needShare ?? 0, item.spendShare ?? 0]));
  const isAnyMismatched = known.some(({ mismatch }) => mismatch !== null);
  const hasSpend = known.some(({ spendShare }) => spendShare !== null);
  return (
    <section className="card cap-mismatch" aria-labelledby="cap-mismatch-head">
      <h2 id="cap-mismatch-head">Need against money</h2>
      <p className="legend caption">
        <span className="legend-item">
          <span className="cap-key cap-key-need" aria-hidden="true" /> part of all gaps; those of strategic capabilities
          count twice
        </span>
        <span className="legend-item">
          <span className="cap-key cap-key-spend" aria-hidden="true" /> part of the spend
        </span>
        {map.reachable > 0 && (
          <span className="legend-item">
            <span className="cap-key-equal" aria-hidden="true" /> an equal part: 1 of{' '}
            <Num
              trace={{ figure: 'reachable_capabilities' }}
              label={`Capabilities that money can reach ${map.reachable}`}
            >
              {count(map.reachable)}
            </Num>
          </span>
        )}
      </p>
      {known.length === 0 ? (
        <Empty>No capability has both a target and an assessed level, so need and money cannot be compared.</Empty>
      ) : (
        <>
          {!hasSpend && <p>No spend reaches a capability here: only the gaps are known.</p>}
          {GROUPS.map(({ id, name }) => (
            <Group
              key={name}
              name={id === null && !isAnyMismatched ? 'Capabilities with a gap' : name}
              items={known.filter((item) => item.mismatch === id && (id !== null || item.gap !== '0'))}
              {...{ longest, span }}
              equalPart={map.equalPart}
            />
          ))}
          {silent > 0 && (
            <p className="caption">{silent} more cannot be compared: they have no target, or were not assessed.</p>
          )}
        </>
      )}
    </section>
  );
}

interface GroupProps {
  name: string;
  items: readonly CapabilityOnMap[];
  longest: number;
  equalPart: number | null;
  span: MapSpan;
}

function Group({ name, items, longest, equalPart, span }: GroupProps) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>{name}</h3>
      <ul className="cap-lines">
        {widestFirst(items).map((item) => (
          <li key={item.code}>
            <span className="cap-line-name">
              <Link to="/capabilities/$ref" params={{ ref: item.code }}>
                {item.name}
              </Link>{' '}
              <span className="caption">
                {importanceOf(item.strategic).toLowerCase()}, {levelOf(item.level!)} → {levelOf(item.target!)}
              </span>
            </span>
            <Bar kind="need" share={item.needShare} {...{ item, longest, span }} equalPart={null} />
            <Bar kind="spend" share={item.spendShare} {...{ item, longest, span, equalPart }} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface BarProps {
  kind: 'need' | 'spend';
  share: number | null;
  item: CapabilityOnMap;
  longest: number;
  equalPart: number | null;
  span: MapSpan;
}

const WORDS = { need: 'Part of all gaps', spend: 'Part of the spend' } as const;

function Bar({ kind, share, item: { code, name }, longest, equalPart, span }: BarProps) {
  const at = (part: number): number => (longest <= 0 ? 0 : (part / longest) * 100);
  const printed = share === null ? 'x' : percent(share);
  return (
    <span className="cap-line-bar">
      <svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 10">
        <rect className={`cap-bar-${kind}`} width={at(share ?? 0)} height="10" />
        {equalPart !== null && (
          <line
            className="cap-bar-equal"
            x1={at(equalPart)}
            x2={at(equalPart)}
            y1="0"
            y2="10"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <span className="figures">
        <Num
          trace={{
            figure: kind === 'need' ? 'maturity.need_share' : 'maturity.spend_share',
            type: 'capability',
            ref: code,
            span,
          }}
          label={`${WORDS[kind]}, ${name}: ${share === null ? 'no value' : printed}`}
        >
          {printed}
        </Num>
      </span>
    </span>
  );
}
