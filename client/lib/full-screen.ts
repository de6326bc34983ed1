import { useEffect, useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
};

/**
 * The whole screen for the page, until it is left or the component goes.
 * @param onRefused told where the browser does not give it
 */
export function useFullScreen(onRefused: () => void): { isFull: boolean; toggle: () => void } {
  const isFull = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  useEffect(
    () => () => {
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
    },
    [],
  );
  const toggle = () => {
    if (document.fullscreenElement !== null) return void document.exitFullscreen().catch(() => undefined);
    // A phone may know no full screen at all; a frame or a policy may forbid it.
    if (!document.fullscreenEnabled) return onRefused();
    document.documentElement.requestFullscreen().catch(onRefused);
  };
  return { isFull, toggle };
}
