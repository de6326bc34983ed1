import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { typedNumber } from '../../lib/read-number';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { percentOf, rateWords, readRate } from './rates';

interface RateFormProps {
  rate: string;
  settingsRate: string;
}

/** What if money cost more, or less? The rate stands in the address and nowhere else. */
export function RateForm({ rate, settingsRate }: RateFormProps) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(() => typedNumber(percentOf(rate)));
  const [error, setError] = useState<string>();
  const set = (next: string | undefined) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({ ...current, rate: next }),
      replace: true,
      resetScroll: false,
    });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const read = readRate(typed);
    setError(
      read === null ? 'Write a percentage from −99 to 1000 with at most two decimals, for example 8.' : undefined,
    );
    if (read !== null) set(read === settingsRate ? undefined : read);
  };
  const isWhatIf = rate !== settingsRate;
  return (
    <form className="case-rate" onSubmit={apply} noValidate>
      <Field
        label="Discount rate, % a year"
        id="case-rate"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        error={error}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit">Try this rate</Button>
      <p role="status" className={isWhatIf ? 'notice' : 'visually-hidden'}>
        {isWhatIf && (
          <>
            What if: discounted at {rateWords(rate)}, not at the {rateWords(settingsRate)} of the settings. Nothing is
            stored.{' '}
            <Button
              look="plain"
              onClick={() => {
                setTyped(typedNumber(percentOf(settingsRate)));
                setError(undefined);
                set(undefined);
              }}
            >
              Back to {rateWords(settingsRate)}
            </Button>
          </>
        )}
      </p>
    </form>
  );
}
