/** What weakens a figure: what is assumed, missing, or not confirmed. Nothing where nothing does. */
export function QualityNotes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <section>
      <h3>Quality</h3>
      <ul className="notes">
        {notes.map((note) => (
          <li key={note}>
            <span aria-hidden="true">⚠ </span>
            {note}
          </li>
        ))}
      </ul>
    </section>
  );
}
