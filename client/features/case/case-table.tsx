import type { InvestmentCase } from '../../../server/contract/case.js';
import { day, percent, unitOf, type Scale } from '../../../server/contract/format.js';
import { nullSentence } from '../../../server/contract/null-words.js';
import { Figure, type Form } from './figure';
import { rateWords } from './rates';

type Case = InvestmentCase['cases'][number];

const COLUMNS = {
  planned: ['Planned', 'PL'],
  expected: ['Expected', 'AC, then FC'],
  realised: ['Realised', 'AC'],
} as const;

const ROWS = [
  { id: 'npv', name: 'Net present value', short: 'NPV', form: 'money' },
  { id: 'irr', name: 'Internal rate of return, a year', short: 'Internal rate of return', form: 'share' },
  { id: 'payback', name: 'Payback, months after the first cost', short: 'Payback', form: 'months' },
  { id: 'roi', name: 'Return on investment', short: 'Return on investment', form: 'share' },
  { id: 'value', name: 'Σ value due to it', short: 'Value', form: 'money' },
  { id: 'cost', name: 'Σ cost', short: 'Cost', form: 'money' },
] as const satisfies readonly { id: keyof Omit<Case, 'id'>; name: string; short: string; form: Form }[];

/** The three cases side by side. Where a figure has no value, a word says why. */
export function CaseTable({ data, scale }: { data: InvestmentCase; scale: Scale }) {
  const { currency, cases, rate } = data;
  return (
    <div className="table-region" role="region" aria-label="Figures of the case" tabIndex={0}>
      <table className="table case-table">
        <caption className="visually-hidden">Figures of the case: planned, expected and realised</caption>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            {cases.map(({ id }) => (
              <th key={id} scope="col" className="numeric">
                {COLUMNS[id][0]}
                <span className="case-unit">{COLUMNS[id][1]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {row.name}
                {row.form === 'money' && <span className="case-unit">{unitOf(scale, currency)}</span>}
                {row.id === 'npv' && <span className="case-unit">at {rateWords(rate)} a year</span>}
              </th>
              {cases.map((each) => (
                <td key={each.id} className="numeric">
                  <Figure
                    figure={each[row.id]}
                    name={`${row.short}, ${COLUMNS[each.id][0].toLowerCase()},`}
                    form={row.form}
                    {...{ scale, currency }}
                  />
                  <Remark {...{ each }} id={row.id} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Under the number: the month that payback means, or why there is no number. */
function Remark({ each, id }: { each: Case; id: (typeof ROWS)[number]['id'] }) {
  const words = remarkOf(each, id);
  return words === null ? null : <span className="case-remark">{words}</span>;
}

function remarkOf(each: Case, id: (typeof ROWS)[number]['id']): string | null {
  const { nullReason } = each[id];
  if (id === 'payback' && each.payback.month !== null) return day(each.payback.month);
  if (nullReason === null) return null;
  if (id === 'payback' && nullReason === 'never') return each.id === 'realised' ? 'not yet' : 'never';
  if (id === 'irr' && nullReason === 'multiple')
    return `several: ${each.irr.roots.map((root) => percent(root)).join(', ')}`;
  return nullSentence(nullReason).replace(/\.$/, '');
}
