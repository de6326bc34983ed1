import { useQuery } from '@tanstack/react-query';
import type { Layer } from '../../../server/contract/chain.js';
import { Bar } from '../../charts/bars';
import { localised } from '../../../server/contract/locale-number.js';
import { linksQuery } from './api';
import { hundredths, leftOverOf, leftOverSentence, percentText, type LeftOver, type LeftTo } from './left-over';
import { shareOf } from './link-ends';

interface SharePanelProps {
  /** `from` carries allocations, `to` contributions. */
  end: 'from' | 'to';
  type: Layer;
  code: string;
  /** Id of the link that the form changes; it counts with what is typed. */
  own: string | null;
  typed: string;
}

const LEFT_TO: Record<'from' | 'to', LeftTo> = { from: 'unallocated', to: 'due to other causes' };

/** What the other links of one end take, and what that leaves, while a share is typed. */
export function SharePanel({ end, type, code, own, typed }: SharePanelProps) {
  const { data: links } = useQuery(linksQuery(end, type, code));
  if (!links) return null;
  const field = end === 'from' ? 'allocation' : 'contribution';
  const others = links.filter(({ id }) => id !== own);
  const share = shareOf(typed);
  const state = leftOverOf([
    ...others.map((link) => link[field] as string | null),
    ...(share === undefined ? [] : [share]),
  ]);
  const subject = end === 'from' ? `Cost of ${code}` : `Value of ${code}`;
  return (
    <div className="shares" role="group" aria-label={`${subject}, all links`}>
      <p className="shares-sentence" role="status" data-over={state.over > 0 || undefined}>
        {state.over > 0 && <span aria-hidden="true">▲ </span>}
        {subject}: {leftOverSentence(state, LEFT_TO[end], localised)}
      </p>
      <ShareBar state={state} />
      {others.length > 0 && (
        <ul className="shares-others figures">
          {others.map((link) => (
            <li key={link.id}>
              <span>{end === 'from' ? `to ${String(link['toCode'])}` : `from ${String(link['fromCode'])}`}</span>
              <ShareText share={link[field] as string | null} state={state} />
            </li>
          ))}
          <li>
            <b>this link</b>
            {share === undefined ? <span>x, cannot be read</span> : <ShareText share={share} state={state} />}
          </li>
        </ul>
      )}
    </div>
  );
}

function ShareText({ share, state }: { share: string | null; state: LeftOver }) {
  if (share !== null) return <span>{localised(percentText(hundredths(share) ?? 0))}&nbsp;%</span>;
  return <span>blank, {localised(percentText(state.each ?? 0))}&nbsp;% assumed</span>;
}

/** Solid as far as shares are stated; what nothing takes in the colour of gaps. */
function ShareBar({ state }: { state: LeftOver }) {
  const taken = state.blankLinks > 0 ? state.stated + state.left : state.stated;
  const domain = { min: 0, max: Math.max(100, state.stated / 100) };
  return (
    <Bar
      domain={domain}
      actual={percentText(Math.min(taken, 10_000))}
      shortfall={percentText(state.over > 0 ? state.over : 10_000 - taken)}
    />
  );
}
