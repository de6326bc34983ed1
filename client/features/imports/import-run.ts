import { useCallback, useEffect, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { importProgress, type ImportProgress, type ImportReport } from '../../../server/contract/import.js';
import { cancelImport, importEventsPath } from './api';

/** Where an upload stands; without progress until the server has said something about it. */
export type RunState =
  | { state: 'idle' }
  | { state: 'running'; dryRun: boolean; progress: ImportProgress | null; isCancelling: boolean }
  | { state: 'failed'; error: Error };

/** Starts an import under this id, and returns its report. */
export type SendImport = (id: string, signal: AbortSignal) => Promise<ImportReport>;

export interface Run {
  current: RunState;
  /** Sends what is to be imported; null where it failed or was cancelled. */
  start: (dryRun: boolean, send: SendImport) => Promise<ImportReport | null>;
  cancel: () => void;
  reset: () => void;
}

/** One upload at a time, followed by the events of its import under an id of our own choice. */
export function useImportRun(): Run {
  const [current, setCurrent] = useState<RunState>({ state: 'idle' });
  const running = useRef<{ id: string; upload: AbortController } | null>(null);

  useEffect(() => () => running.current?.upload.abort(), []);

  const start = useCallback(async (dryRun: boolean, send: SendImport) => {
    const id = uuidv7();
    const upload = new AbortController();
    running.current = { id, upload };
    setCurrent({ state: 'running', dryRun, progress: null, isCancelling: false });
    const stopListening = follow(id, (progress) =>
      setCurrent((was) => (was.state === 'running' ? { ...was, progress } : was)),
    );
    try {
      const report = await send(id, upload.signal);
      setCurrent({ state: 'idle' });
      return report;
    } catch (error) {
      setCurrent(upload.signal.aborted ? { state: 'idle' } : { state: 'failed', error: error as Error });
      return null;
    } finally {
      stopListening();
      running.current = null;
    }
  }, []);

  const cancel = useCallback(() => {
    const run = running.current;
    if (!run) return;
    setCurrent((was) => (was.state === 'running' ? { ...was, isCancelling: true } : was));
    // While the file is still on its way the server does not know the import yet: then ending the upload ends it.
    void cancelImport(run.id).catch((error: { status?: number }) => {
      if (error.status === 404) run.upload.abort();
      // 409: committed already, the report says so in a moment.
    });
  }, []);

  return { current, start, cancel, reset: useCallback(() => setCurrent({ state: 'idle' }), []) };
}

const RETRY_MS = 500;

/** Listens to the events of an import, from before its files have arrived. Progress is a courtesy: it never fails loudly. */
function follow(id: string, onProgress: (progress: ImportProgress) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const hear = (event: MessageEvent<string>) => {
    const parsed = importProgress.safeParse(JSON.parse(event.data));
    if (parsed.success) onProgress(parsed.data);
  };
  const open = () => {
    if (isOver) return;
    source = new EventSource(importEventsPath(id));
    source.onmessage = hear;
    source.addEventListener('progress', hear as EventListener);
    source.onerror = () => {
      source?.close();
      timer = setTimeout(open, RETRY_MS);
    };
  };
  open();
  return () => {
    isOver = true;
    clearTimeout(timer);
    source?.close();
  };
}
