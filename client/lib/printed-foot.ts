import { useEffect } from 'react';
import { styleText } from '../../server/contract/style-text.js';

/** What stands at the foot of each page that the browser itself prints. */

const FONT = 'font: 9px system-ui, sans-serif; color: #4a5566';

/**
 * Says of what the pages are that the browser prints while the component is there: in the margin, over no text.
 * A browser that knows no boxes in margins leaves them out; the first page names itself anyway.
 * @param identity what stands left of the number of the page
 */
export function usePrintedFoot(identity: string): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `@page {
        margin: 12mm 12mm 15mm;
        @bottom-left { content: ${styleText(identity)}; width: 85%; ${FONT}; text-align: left; }
        @bottom-right { content: "page " counter(page) " of " counter(pages); width: 15%; ${FONT}; text-align: right; }
      }`,
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, [identity]);
}
