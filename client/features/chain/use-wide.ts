import { useSyncExternalStore } from 'react';

/** Below this the outline alone is read. */
const WIDE = '(min-width: 700px)';

/** Whether there is room for a picture with five columns. */
export const useWide = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      const query = matchMedia(WIDE);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(WIDE).matches,
  );
