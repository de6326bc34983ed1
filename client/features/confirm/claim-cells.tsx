import type { ConfirmationItem } from '../../../server/contract/confirmation.js';
import { counted, day, inFull } from '../../../server/contract/format.js';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { RecordLink } from '../records/record-link';
import { amountWords, OWN, placeWords, saidWords, signedWords, stepOf } from './words';
import { WHY_WORDS } from './search';

/** What stands in a row of the work list, and in a card of it. */

interface Of {
  item: ConfirmationItem;
}

export function Benefit({ item: { benefit } }: Of) {
  return (
    <>
      <RecordLink type="benefit" code={benefit.code}>
        {benefit.code}
      </RecordLink>{' '}
      {benefit.name}
      <span className="caption confirm-second">{benefit.owner ?? 'no owner'}</span>
    </>
  );
}

/** In full, in its own currency or unit; in the reporting currency where that is another. */
export function Amount({ item }: Of) {
  const { currency } = usePageScope();
  const { benefit, amount, reporting } = item;
  return (
    <>
      <Num trace={stepOf(item, 'value.realised')} label={`${placeWords(item)}, realised ${amountWords(item, amount)}`}>
        {amountWords(item, amount)}
      </Num>
      {reporting === null && <span className="caption confirm-second">not money</span>}
      {reporting !== null && benefit.currency !== currency && (
        <span className="caption confirm-second">
          <Num
            trace={stepOf(item, 'value.reporting')}
            label={`${placeWords(item)}, realised in the reporting currency ${inFull(reporting, currency)}`}
          >
            {inFull(reporting, currency)}
          </Num>
        </span>
      )}
    </>
  );
}

/** The difference to its plan, and the plan. */
export function AgainstPlan({ item }: Of) {
  const { variance, planned } = item;
  if (variance === null || planned === null) return <span className="caption">nothing planned</span>;
  const { value, impact } = variance;
  const tone = impact === 'favourable' ? 'variance-good' : impact === 'unfavourable' ? 'variance-bad' : '';
  const remark = impact === 'neutral' ? '' : `, ${impact}`;
  return (
    <>
      <span className={`figures ${tone}`} data-impact={impact}>
        <Num
          trace={stepOf(item, 'value.variance')}
          label={`${placeWords(item)}, against plan ${signedWords(item, value)}${remark}`}
        >
          {impact !== 'neutral' && <span aria-hidden="true">{impact === 'favourable' ? '▲ ' : '▼ '}</span>}
          {signedWords(item, value)}
        </Num>
      </span>
      <span className="caption confirm-second">
        planned{' '}
        <Num trace={stepOf(item, 'value.planned')} label={`${placeWords(item)}, planned ${amountWords(item, planned)}`}>
          {amountWords(item, planned)}
        </Num>
      </span>
    </>
  );
}

/** What proves it: the text, and the way to the files and links of the benefit. */
export function Evidence({ item: { benefit, evidence, evidenceItems } }: Of) {
  if (evidence === null && evidenceItems === 0) return <span className="confirm-lack">⚠ no evidence</span>;
  return (
    <>
      {evidence !== null && <EvidenceText text={evidence} />}
      {evidenceItems > 0 && (
        <RecordLink
          type="benefit"
          code={benefit.code}
          hash="evidence"
          className="confirm-second"
          aria-label={`${counted(evidenceItems, 'file or link', 'files and links')} of ${benefit.code}`}
        >
          {counted(evidenceItems, 'file or link', 'files and links')}
        </RecordLink>
      )}
    </>
  );
}

/** An address as a link, anything else as text; no further than the host is of use in a column. */
function EvidenceText({ text }: { text: string }) {
  const address = /^https?:\/\/\S+$/.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (address === null) return <span className="confirm-evidence">{text}</span>;
  return (
    <a href={address.href} target="_blank" rel="noreferrer" className="confirm-evidence">
      {address.host}
      {address.pathname === '/' ? '' : address.pathname}
    </a>
  );
}

export function Reported({ item: { reportedBy, reportedAt } }: Of) {
  return (
    <>
      {reportedBy}
      <span className="caption confirm-second">{day(reportedAt)}</span>
    </>
  );
}

interface StandingProps extends Of {
  state: string;
  /** As it was when it was chosen, where it has changed since. */
  seen: ConfirmationItem | undefined;
}

/** Why it waits, or what was said of it; and what stands in the way. */
export function Standing({ item, state, seen }: StandingProps) {
  const { why, before, rejection, confirmation, mayJudge } = item;
  return (
    <>
      {state === 'waiting' && WHY_WORDS[why]}
      {state === 'waiting' && before && (
        <span className="caption confirm-second">
          was{' '}
          <Num
            trace={stepOf(item, 'value.realised')}
            label={`${placeWords(item)}, confirmed before: ${saidWords(before)}`}
          >
            {saidWords(before)}
          </Num>
          , confirmed by {before.by} on {day(before.at)}
        </span>
      )}
      {state === 'confirmed' && confirmation && (
        <Said by={confirmation.by} at={confirmation.at} note={confirmation.note} />
      )}
      {state !== 'confirmed' && rejection && (
        <Said by={rejection.by} at={rejection.at} note={rejection.note} isEarlier={state === 'waiting'} />
      )}
      {!mayJudge && (
        <span className="confirm-lack confirm-second" id={ownId(item)}>
          {OWN}
        </span>
      )}
      {seen && (
        <span className="confirm-lack confirm-second" data-testid="changed-meanwhile">
          ⚠ Changed meanwhile: {amountWords(seen, seen.amount)} when you chose it
          {seen.amount === item.amount && seen.benefit.currency === item.benefit.currency
            ? ', and the same now with another plan, forecast or evidence'
            : `, ${amountWords(item, item.amount)} now`}
          . Look at it again.
        </span>
      )}
    </>
  );
}

/** Ties the reason to the checkbox that it disables. */
export const ownId = ({ benefit, month }: ConfirmationItem): string => `own-${benefit.code}-${month}`;

function Said({
  by,
  at,
  note,
  isEarlier = false,
}: {
  by: string;
  at: string;
  note: string | null;
  isEarlier?: boolean;
}) {
  return (
    <>
      {isEarlier ? (
        <span className="caption confirm-second">
          rejected by {by} on {day(at)}
        </span>
      ) : (
        <>
          {by}
          <span className="caption confirm-second">{day(at)}</span>
        </>
      )}
      {note !== null && <span className="confirm-note confirm-second">“{note}”</span>}
    </>
  );
}
