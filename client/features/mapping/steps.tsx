import { Link } from '@tanstack/react-router';
import { STEPS, STEP_WORDS, type Step, type WizardSearch } from './address';

interface StepsProps {
  current: Step;
  /** How far one can go back or forth from here; the others are not ready yet. */
  reachable: readonly Step[];
}

/** The five steps of bringing a spreadsheet: where one is, and the way back. */
export function Steps({ current, reachable }: StepsProps) {
  const at = STEPS.indexOf(current);
  return (
    <nav aria-label="Steps of the import">
      <ol className="wizard-steps">
        {STEPS.map((step, index) => {
          const text = (
            <>
              {index + 1} {STEP_WORDS[step]}
              {index < at && <span className="visually-hidden"> (done)</span>}
            </>
          );
          const state = index < at ? 'done' : index === at ? 'now' : 'ahead';
          return (
            <li key={step} data-state={state} aria-current={index === at ? 'step' : undefined}>
              {index !== at && reachable.includes(step) ? (
                <Link to="/import" search={(now: WizardSearch) => ({ ...now, step })}>
                  {text}
                </Link>
              ) : (
                <span>{text}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
