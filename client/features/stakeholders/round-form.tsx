import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import type { SurveyRound } from '../../../server/contract/survey.js';
import { orgUnitsQuery } from '../../app/scope-api';
import { shiftPeriod } from '../../lib/period';
import { Button } from '../../ui/button';
import { ErrorSummary, Field } from '../../ui/field';
import { CheckGroup } from '../../ui/form-field';
import { usePageScope } from '../../ui/page-scope';
import { changeRound, createRound, roundsQuery } from '../surveys/api';
import { stakeholdersKey } from './api';
import { sentencesOf } from './errors';

interface RoundFormProps {
  /** What is changed: a draft, or of an open round what leaves those asked as they are. Without it, a new draft is made. */
  round?: SurveyRound;
  onClose: () => void;
}

export function RoundForm({ round, onClose }: RoundFormProps) {
  const client = useQueryClient();
  const page = usePageScope();
  const { data: units } = useQuery(orgUnitsQuery);
  const isOpen = round?.state === 'open';
  const [areas, setAreas] = useState<readonly string[]>(round?.areas.map(({ code }) => code) ?? []);
  const [itAreas, setItAreas] = useState<readonly string[]>(
    round?.areas.filter(({ isIt }) => isIt).map(({ code }) => code) ?? [],
  );
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const text = (name: string): string | null => String(form.get(name) ?? '').trim() || null;
      const about = { why: text('why'), contact: text('contact'), closesOn: text('closesOn') };
      if (round && isOpen) return changeRound(round, about);
      const whole = {
        ...about,
        period: text('period') ?? '',
        name: text('name') ?? '',
        opensOn: text('opensOn'),
        areas: [...areas],
        itAreas: itAreas.filter((code) => areas.includes(code)),
      };
      return round ? changeRound(round, whole) : createRound(whole);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: roundsQuery.queryKey });
      await client.invalidateQueries({ queryKey: stakeholdersKey });
      onClose();
    },
  });
  const errors = useMemo(() => sentencesOf(save.error), [save.error]);
  const choices = (units?.items ?? []).map(({ code, name }) => ({ value: code, label: name }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  };
  const id = `round-form-${round?.code ?? 'new'}`;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{round ? `Change “${round.name}”` : 'New round'}</h2>
      <form className="stakeholder-form" onSubmit={submit}>
        <ErrorSummary title="Not saved" errors={errors} />
        {!isOpen && (
          <>
            <Field
              label="Name"
              name="name"
              maxLength={120}
              required
              autoFocus
              defaultValue={round?.name ?? 'How are we doing?'}
            />
            <Field
              label="Quarter"
              name="period"
              required
              pattern="\d{4}-Q[1-4]"
              help="As 2026-Q4. A quarter has one survey."
              defaultValue={round?.period ?? shiftPeriod(page.period, 1)}
            />
          </>
        )}
        <div className="field">
          <label htmlFor={`${id}-why`}>Why we ask</label>
          <p className="field-help" id={`${id}-why-help`}>
            Stands above the first question.
          </p>
          <textarea
            className="input textarea"
            id={`${id}-why`}
            name="why"
            rows={2}
            maxLength={600}
            autoFocus={isOpen}
            defaultValue={round?.why ?? ''}
            aria-describedby={`${id}-why-help`}
          />
        </div>
        <Field
          label="Whom to ask about the survey"
          name="contact"
          maxLength={200}
          defaultValue={round?.contact ?? ''}
        />
        {!isOpen && <Field label="Opens on" name="opensOn" type="date" defaultValue={round?.opensOn ?? ''} />}
        <Field
          label="Last day for answers"
          name="closesOn"
          type="date"
          help="After that day links lead nowhere. Leave it empty to take answers until you close the round."
          defaultValue={round?.closesOn ?? ''}
        />
        {!isOpen && (
          <CheckGroup legend="Areas to ask" id={`${id}-areas`} choices={choices} values={areas} onChange={setAreas} />
        )}
        {!isOpen && areas.length > 0 && (
          <CheckGroup
            legend="Which of them are IT itself?"
            id={`${id}-it`}
            help="Their answers are held against those of the business."
            choices={choices.filter(({ value }) => areas.includes(value))}
            values={itAreas}
            onChange={setItAreas}
          />
        )}
        <div className="actions">
          <Button look="primary" type="submit" busy={save.isPending}>
            {round ? 'Save' : 'Save as a draft'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </section>
  );
}
