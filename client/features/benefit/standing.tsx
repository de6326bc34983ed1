import { useQuery } from '@tanstack/react-query';
import type { BenefitSummary } from '../../../server/contract/benefit-page.js';
import type { Rights } from '../../../server/contract/rights.js';
import { day } from '../../../server/contract/format.js';
import { nullSentence } from '../../../server/contract/null-words.js';
import { periodLabel } from '../../lib/period';
import { EVIDENCE_FULL, EVIDENCE_WORDS } from '../../ui/evidence';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { Status } from '../../ui/status';
import { choiceWord } from '../records/words';
import { summaryQuery } from './api';
import { Completeness } from './completeness';
import { Difference, Figure, measureOf, unitText, type Measure } from './figure';
import { Line, Rates } from './rates';

interface StandingProps {
  code: string;
  rights: Rights;
  seesChain: boolean;
}

/** How the benefit stands, what its owner says of that, how much of it is proven, and what it lacks. */
export function Standing({ code, rights, seesChain }: StandingProps) {
  const page = usePageScope();
  const summary = useQuery(summaryQuery(code, page.period));
  return (
    <section className="card benefit-standing" aria-labelledby="standing-head">
      <h2 id="standing-head" className="visually-hidden">
        How it stands
      </h2>
      <QueryState query={summary} what="how the benefit stands" rows={8}>
        {(data) => <Contents {...{ data, rights, seesChain }} />}
      </QueryState>
    </section>
  );
}

const measureOfSummary = ({ isMoney, unit, planned, realised, confirmed, expected, plannedLife }: BenefitSummary) =>
  measureOf(isMoney, unit, [planned.value, realised.value, confirmed.value, expected.value, plannedLife.value]);

function Contents({ data, rights, seesChain }: { data: BenefitSummary; rights: Rights; seesChain: boolean }) {
  const page = usePageScope();
  const measure = measureOfSummary(data);
  return (
    <>
      <p className="panel-message">
        <Message {...{ data, measure }} />
      </p>
      <p className="about">
        {classWords(data)} · {unitText(measure)} · to the end of {periodLabel(page.period, page.fiscalYearStartMonth)},
        whatever the scope of the page
      </p>
      <p className="benefit-status">
        <span>
          Computed: <Status status={data.status} />
        </span>
        <Declared declared={data.declared} />
        <span title={EVIDENCE_FULL[data.evidenceLevel]}>
          Evidence of its weakest month: {data.evidenceLevel} {EVIDENCE_WORDS[data.evidenceLevel]}
        </span>
      </p>
      <dl className="facts figures">
        <Amounts {...{ data, measure }} />
        {data.addsUp && <Rates rates={data.rates} measure={measure} />}
        {data.isMoney && <Forecasts {...{ data, measure }} />}
      </dl>
      <Completeness {...{ data, rights, seesChain }} />
    </>
  );
}

/** What was promised, what came, and how much of it is proven. */
function Message({ data, measure }: { data: BenefitSummary; measure: Measure }) {
  const { planned, realised, confirmed, varianceShare, firstDue, baselinePlanned, isReplanned } = data;
  if (planned.value === null && realised.value === null)
    return firstDue === null ? (
      'Nothing is planned or realised to date'
    ) : (
      <>
        Nothing is due yet: the first value, of {day(firstDue.month)}, is due on {day(firstDue.on)}
      </>
    );
  const plan = <Figure figure={planned} name="Planned to date" withUnit measure={measure} />;
  if (realised.value === null)
    return (
      <>
        {plan} {data.addsUp ? 'were' : 'was'} promised to date, and nothing is measured:{' '}
        <Figure figure={realised} name="Realised to date" measure={measure} nullReason="nothing_measured" />
        {firstDue !== null && (
          <>
            . The first value, of {day(firstDue.month)}, was due on {day(firstDue.on)}
          </>
        )}
      </>
    );
  return (
    <>
      {planned.value === null ? 'Nothing was promised to date; ' : <>{plan} promised to date; </>}
      <Figure figure={realised} name="Realised to date" withUnit measure={measure} /> came
      {varianceShare.value !== null && (
        <>
          {' '}
          (<Difference figure={varianceShare} name="Realised less planned" form="share" measure={measure} />)
        </>
      )}
      {isReplanned && baselinePlanned.value !== null && (
        <>
          , where <Figure figure={baselinePlanned} name="Baseline plan to date" withUnit measure={measure} /> were
          promised at first
        </>
      )}
      {confirmed.value === null ? (
        '; finance has confirmed none of it'
      ) : (
        <>
          ; finance has confirmed <Figure figure={confirmed} name="Confirmed to date" withUnit measure={measure} />
        </>
      )}
    </>
  );
}

const classWords = ({ nature, type }: BenefitSummary): string => {
  const words = [
    nature === null ? 'class not stated' : choiceWord(nature),
    type === null ? 'no type' : choiceWord(type),
  ];
  const text = words.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};

const DIFFERS: Record<NonNullable<BenefitSummary['declared']['differs']>, string> = {
  better: 'better than computed',
  worse: 'worse than computed',
  otherwise: 'other than computed',
};

function Declared({ declared: { status, note, differs } }: { declared: BenefitSummary['declared'] }) {
  if (status === null) return <span>Declared: not stated</span>;
  return (
    <span>
      Declared: <Status status={status} />
      {differs !== null && (
        <>
          {' '}
          <strong className={differs === 'better' ? 'benefit-mismatch' : ''}>
            {differs === 'better' && <span aria-hidden="true">⚠ </span>}
            {DIFFERS[differs]}
          </strong>
        </>
      )}
      {note !== null && <q className="benefit-note">{note}</q>}
    </span>
  );
}

interface PartProps {
  data: BenefitSummary;
  measure: Measure;
}

function Amounts({ data, measure }: PartProps) {
  const shown = { measure, withUnit: true } as const;
  return (
    <>
      <Line name="Planned to date (PL)">
        <Figure figure={data.planned} name="Planned to date" {...shown} nullReason="nothing_planned" />
      </Line>
      <Line name={data.isPlanFixed ? 'Baseline plan to date' : 'Baseline plan: not approved, current plan stands in'}>
        <Figure figure={data.baselinePlanned} name="Baseline plan to date" {...shown} nullReason="nothing_planned" />
      </Line>
      <Line name="Realised to date (AC)">
        <Figure figure={data.realised} name="Realised to date" {...shown} nullReason="nothing_measured" />
      </Line>
      <Line name="Difference from plan (ΔPL)">
        <Difference figure={data.variance} name="Realised less planned" {...shown} nullReason="nothing_measured" />
      </Line>
      <Line name="Confirmed by finance">
        <Figure figure={data.confirmed} name="Confirmed to date" {...shown} nullReason="nothing_confirmed" />
      </Line>
      {data.addsUp && (
        <Line name="Whole life: expected (AC + FC) of planned">
          <Figure figure={data.expected} name="Expected over the whole life" {...shown} /> of{' '}
          <Figure figure={data.plannedLife} name="Planned over the whole life" {...shown} />
          {data.expectedVariance.value !== null && (
            <>
              {', '}
              <Difference figure={data.expectedVariance} name="Expected less planned" measure={measure} />
            </>
          )}
        </Line>
      )}
    </>
  );
}

/** As claimed, and beside it what earlier forecasts of its like came to. */
function Forecasts({ data, measure }: PartProps) {
  const { claimed, calibrated, nullReason } = data.forecast;
  return (
    <>
      <Line name="Forecast of later months, as claimed">
        <Figure figure={claimed} name="Claimed forecast" withUnit measure={measure} nullReason="no_forecast" />
      </Line>
      <Line name="The same, as earlier forecasts came true">
        <Figure figure={calibrated} name="Calibrated forecast" withUnit {...{ measure, nullReason }} />
        {calibrated.value === null && <span className="caption"> {nullSentence(nullReason)}</span>}
      </Line>
    </>
  );
}
