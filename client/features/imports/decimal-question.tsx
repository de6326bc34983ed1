import type { ImportReport } from '../../../server/contract/import.js';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import type { ImportChoice } from './api';

const AMBIGUOUS = 'number.ambiguous';

/** Whether the file leaves open how its numbers are to be read, and nobody has said so yet. */
export const needsDecimal = (report: ImportReport, decimal: ImportChoice['decimal']): boolean =>
  decimal === undefined && report.problems.some(({ code }) => code === AMBIGUOUS);

interface DecimalQuestionProps {
  report: ImportReport;
  onChoose: (decimal: 'dot' | 'comma') => void;
}

/** `1.234` is a thousand or a bit more than one: never guessed, asked once. */
export function DecimalQuestion({ report, onChoose }: DecimalQuestionProps) {
  const open = report.problems.filter(({ code }) => code === AMBIGUOUS);
  const example = open[0];
  const written = example?.value ?? '1.234';
  return (
    <div className="import-form">
      <p>
        {counted(open.length, 'number')} can be read in two ways, and the{' '}
        {report.fileNames.length === 1 ? 'file does' : 'files do'} not show which. The first is{' '}
        <strong className="figures">{written}</strong>
        {example && (
          <>
            {' '}
            in {example.table}, row {example.row}
            {example.column !== null && <>, column {example.column}</>}
          </>
        )}
        .
      </p>
      <div className="actions" role="group" aria-label={`How is ${written} to be read?`}>
        {readings(written).map(({ decimal, meaning, sign }) => (
          <Button key={decimal} onClick={() => onChoose(decimal)}>
            {written} {meaning}: the decimal sign is a {sign}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** Both readings of a number as it stands. A number is ambiguous only where three digits follow its one separator. */
function readings(written: string): { decimal: 'dot' | 'comma'; meaning: string; sign: string }[] {
  const whole = written.replaceAll(/[.,]/g, '');
  const [asDot, asComma] = written.includes('.')
    ? ['has three decimals', `is ${whole}`]
    : [`is ${whole}`, 'has three decimals'];
  return [
    { decimal: 'dot', meaning: asDot!, sign: 'point' },
    { decimal: 'comma', meaning: asComma!, sign: 'comma' },
  ];
}
