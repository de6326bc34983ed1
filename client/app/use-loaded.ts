import { useEffect, useState } from 'react';

/**
 * A part that is loaded while nothing else is to do, so that it opens at once. Not `lazy`: React holds back for 300 ms what it had to wait for.
 * @returns undefined until it is there; `load` fetches it now
 */
export function useLoaded<Part>(load: () => Promise<Part>): Part | undefined {
  const [part, setPart] = useState<{ loaded: Part }>();
  useEffect(() => {
    let isGone = false;
    const cancel = whenIdle(() => {
      // Offline: the page stays usable without it, and the next page tries again.
      load().then(
        (loaded) => {
          if (!isGone) setPart({ loaded });
        },
        () => undefined,
      );
    });
    return () => {
      isGone = true;
      cancel();
    };
  }, [load]);
  return part?.loaded;
}

/** Safari has no idle callback. */
function whenIdle(task: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(task, { timeout: 3000 });
    return () => cancelIdleCallback(id);
  }
  const id = setTimeout(task, 500);
  return () => clearTimeout(id);
}
