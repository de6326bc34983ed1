import { useEffect, useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
};

/** The last time that it was asked for: it may still be on its way when the page is left. */
let asked: Promise<boolean> = Promise.resolve(false);

/**
 * Asks for the whole screen: browsers give it only while they handle a key or a click.
 * @returns whether the page has it; a phone may know no full screen at all, a frame or a policy may forbid it
 */
export const enterFullScreen = (): Promise<boolean> => {
  asked = document.fullscreenEnabled
    ? document.documentElement.requestFullscreen().then(
        () => true,
        () => false,
      )
    : Promise.resolve(false);
  return asked;
};

const leaveFullScreen = async (): Promise<void> => {
  await asked;
  if (document.fullscreenElement !== null) await document.exitFullscreen().catch(() => undefined);
};

/**
 * The whole screen for the page, until it is left or the component goes.
 * @param onRefused told where the browser does not give it
 */
export function useFullScreen(onRefused: () => void): { isFull: boolean; toggle: () => void } {
  const isFull = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  useEffect(() => () => void leaveFullScreen(), []);
  const toggle = () => {
    // Asked of the document: `isFull` is told a moment later than it is so.
    if (document.fullscreenElement !== null) return void leaveFullScreen();
    void enterFullScreen().then((isGiven) => isGiven || onRefused());
  };
  return { isFull, toggle };
}

/** Whether a key can give the page the whole screen that it does not have, once what was asked for has been answered. */
export const lacksFullScreen = async (): Promise<boolean> => {
  await asked;
  return document.fullscreenEnabled && document.fullscreenElement === null;
};
