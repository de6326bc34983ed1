import type { BenefitMeasurements } from '../../../server/contract/benefit-page.js';
import { counted, day, inFull, instant } from '../../../server/contract/format.js';

type Item = BenefitMeasurements['items'][number];

/** What stood in a month before, old → new with the reason, newest first. */
export function Revisions({ of: { month, revisions } }: { of: Item }) {
  if (revisions.length === 0) return null;
  return (
    <details className="benefit-revisions">
      <summary>
        {counted(revisions.length, 'change')}
        <span className="visually-hidden"> of {day(month)}</span>
      </summary>
      <ul>
        {revisions.map(({ at, by, reason, source, field, from, to }, index) => (
          <li key={index}>
            {field}: {field === 'evidence' ? `“${from}”` : inFull(from)} →{' '}
            {to === null ? 'nothing' : field === 'evidence' ? `“${to}”` : inFull(to)}
            <span className="caption">
              {' '}
              {instant(at)} · {by}
              {source === 'import' && reason === null && ' · import'}
              {reason !== null && ` · ${reason}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
