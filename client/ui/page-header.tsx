import { useEffect, type ReactNode } from 'react';
import { usePageScope } from './page-scope';

interface PageHeaderProps {
  /** The page in a word or two, for the title of the window. */
  title: string;
  /** The question that the page answers. */
  question: string;
  /** What the figures say, two lines at most. */
  message: ReactNode;
  /** Who, what, when: no judgement. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** Question, message, and what it is about, at the top of every page. */
export function PageHeader({ title, question, message, children, actions }: PageHeaderProps) {
  const { isExample } = usePageScope();
  useEffect(() => {
    document.title = `${title} · ${isExample ? 'Example · ' : ''}Throughline`;
  }, [title, isExample]);
  return (
    <header className="page-header">
      <div>
        <h1>{question}</h1>
        <p className="message">{message}</p>
        {children && <p className="about">{children}</p>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  );
}
