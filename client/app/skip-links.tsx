/** For those who walk the page by keyboard: past the bar, to what narrows the page, to the open trace. */
export function SkipLinks({ isTracing }: { isTracing: boolean }) {
  return (
    <nav className="skip-links" aria-label="Skip">
      <a href="#content" onClick={jump('content')}>
        Skip to content
      </a>
      <a href="#filters" onClick={jump('filters')}>
        Skip to scope and period
      </a>
      {isTracing && (
        <a href="#trace-panel" onClick={jump('trace-panel')}>
          Skip to the trace
        </a>
      )}
    </nav>
  );
}

/** The place in the page without touching the address, which the router owns. */
const jump = (id: string) => (event: { preventDefault: () => void }) => {
  event.preventDefault();
  const target = document.getElementById(id);
  const inner = target?.querySelector<HTMLElement>('select, h2[tabindex]');
  (id === 'content' ? target : (inner ?? target))?.focus();
};
