import { day } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { readEntered, type DecimalSign } from './entered-number';

/** What is asked before something is done. */

export type Question =
  | { kind: 'reading'; example: string; choose: (sign: DecimalSign) => void }
  | { kind: 'locked'; month: string; code: string; restate: () => void }
  | { kind: 'discard'; changes: number; discard: () => void };

export function QuestionDialog({ question, onClose }: { question: Question | null; onClose: () => void }) {
  if (question === null) return null;
  const done = (run: () => void) => () => {
    onClose();
    run();
  };
  if (question.kind === 'reading') {
    const { example, choose } = question;
    return (
      <ConfirmDialog title={`How is ${example} meant?`} isOpen onClose={onClose}>
        <p>
          What you paste can be read in two ways. Your choice holds for all of this paste, and nothing is pasted before
          it.
        </p>
        <div className="actions">
          {([',', '.'] as const).map((sign) => (
            <Button key={sign} onClick={done(() => choose(sign))}>
              {reading(example, sign)}
            </Button>
          ))}
          <Button onClick={onClose}>Do not paste</Button>
        </div>
      </ConfirmDialog>
    );
  }
  if (question.kind === 'locked') {
    const { month, code, restate } = question;
    return (
      <ConfirmDialog title={`${day(month)} is locked`} isOpen onClose={onClose}>
        <p>
          Its values were reported. A change of {code} in it is a restatement: it needs a reason, and both values stay
          in the history.
        </p>
        <div className="actions">
          <Button look="primary" onClick={done(restate)}>
            Restate with a reason
          </Button>
          <Button onClick={onClose}>Leave it locked</Button>
        </div>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      title={question.changes === 1 ? 'Discard the change?' : `Discard ${question.changes} changes?`}
      isOpen
      onClose={onClose}
    >
      <p>What you entered here and did not save is gone then. What is saved stays.</p>
      <div className="actions">
        <Button look="danger" onClick={done(question.discard)}>
          Discard
        </Button>
        <Button look="primary" onClick={onClose}>
          Keep
        </Button>
      </div>
    </ConfirmDialog>
  );
}

/** `1,234 (the comma parts decimals: 1234)` would say it twice: the number as it would stand here says enough, with the sign that it takes. */
function reading(example: string, sign: DecimalSign): string {
  const entered = readEntered(example, sign);
  const value = entered.kind === 'number' ? localised(entered.value) : example;
  return `${value} (decimal ${sign === '.' ? 'point' : 'comma'})`;
}
