import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ImportSource, SourceSheet } from '../../../server/contract/mapping.js';
import { counted } from '../../../server/contract/format.js';
import { Failure } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { browserStore } from '../entry/drafts';
import { STEP_WORDS, type Step, type WizardSearch } from './address';
import { sheetQuery } from './api';
import { CheckStep } from './check-step';
import { ConfirmStep } from './confirm-step';
import { readDraft, writeDraft, type SheetDraft } from './drafts';
import { emptyMapping } from './editing';
import { MatchStep } from './match-step';
import { openPoints } from './open-points';
import { StepHeading } from './step-heading';
import { Steps } from './steps';
import { useCheck } from './use-check';
import { WizardHeader } from './wizard-header';

interface SheetWizardProps {
  source: ImportSource;
  sheet: SourceSheet;
  step: 'source' | 'match' | 'check' | 'confirm';
}

/** One sheet, from its columns to what it would change. What was matched is kept in the browser from the first change on. */
export function SheetWizard({ source, sheet: first, step }: SheetWizardProps) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const userId = session.user.id;
  const [draft, setDraft] = useState<SheetDraft>(
    () => readDraft(browserStore(), userId, source.id, first.sheet) ?? begun(first),
  );
  const { headerRow } = draft.mapping;
  const other = useQuery({
    ...sheetQuery(source.id, first.sheet, { headerRow }),
    enabled: headerRow !== first.headerRow,
  });
  const sheet = headerRow === first.headerRow ? first : other.data;
  const check = useCheck(source.id, draft);

  useEffect(
    () => writeDraft(browserStore(), userId, source.id, first.sheet, draft),
    [draft, userId, source.id, first.sheet],
  );

  const go = (to: Step) => {
    scrollTo({ top: 0 });
    void navigate({ to: '/import', search: (now: WizardSearch) => ({ ...now, step: to }), resetScroll: false });
  };
  const isReady = sheet !== undefined && openPoints(draft.mapping, sheet).length === 0;
  // What is not matched cannot be checked, and what is not checked cannot be confirmed, whatever the address says.
  const shown = !isReady || step === 'source' ? 'match' : step === 'confirm' && check.report === null ? 'check' : step;
  const reachable: Step[] = ['source', 'match', ...(isReady ? (['check'] as const) : [])];
  if (check.report?.preview && check.report.preview.rows.ok > 0 && !check.isStale) reachable.push('confirm');

  return (
    <main id="content" className="page" tabIndex={-1}>
      <WizardHeader>
        {first.file} · {first.sheet} · {counted((sheet ?? first).rows, 'row')} · nothing is written so far
      </WizardHeader>
      <Steps current={shown} reachable={reachable} />
      <StepHeading key={shown}>{STEP_WORDS[shown]}</StepHeading>
      {sheet === undefined ? (
        other.error && <Failure error={other.error} what="the columns" retry={() => void other.refetch()} />
      ) : shown === 'match' ? (
        <MatchStep
          source={source}
          sheet={sheet}
          draft={draft}
          onChange={setDraft}
          onHeaderRow={async (row) => {
            const found = await queryClient.fetchQuery(sheetQuery(source.id, first.sheet, { headerRow: row }));
            setDraft(begun(found));
          }}
          onDone={() => {
            go('check');
            void check.start();
          }}
        />
      ) : shown === 'check' ? (
        <CheckStep
          {...{ sheet, draft, check }}
          onChange={setDraft}
          onBack={() => go('match')}
          onDone={() => go('confirm')}
        />
      ) : (
        <ConfirmStep
          sourceId={source.id}
          sheet={sheet}
          draft={draft}
          report={check.report!}
          onBack={() => go('check')}
        />
      )}
    </main>
  );
}

/** A sheet nobody has matched yet begins as it was suggested. */
const begun = (sheet: SourceSheet): SheetDraft => ({
  mapping: sheet.suggestion?.mapping ?? emptyMapping(sheet),
  fixes: [],
  leaveOut: [],
  saved: null,
});
