import { useSuspenseQuery } from '@tanstack/react-query';
import { ago, dayIn } from '../../lib/ago';
import { day } from '../../../server/contract/format.js';
import { settingsQuery } from '../access/api';

/** How long ago a record that feeds a metric was written last; the day itself for whoever points at it. */
export function Freshness({ on }: { on: string | null }) {
  const { data: settings } = useSuspenseQuery(settingsQuery);
  if (on === null) return <>no record yet</>;
  return (
    <time dateTime={on} title={day(on)}>
      {ago(on, dayIn(settings.reportingTimeZone, new Date()))}
    </time>
  );
}
