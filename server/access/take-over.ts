/**
 * The count of a competency that another one takes the place of: by code the one in force on its day, or else the next one after it. The
 * enterprise's figure reads the latest count of a code, whatever capability it is for; so who counts a competency has to be one who may write
 * the count that theirs replaces.
 *
 * @param count alias of the row that counts
 * @returns SQL of a row `t`, to be joined laterally
 */
export const replacedCount = (count: string): string => `(
  select o.* from competencies o
  where lower(o.code) = lower(${count}.code) and o.id <> ${count}.id and o.archived_at is null
  order by o.as_of <= ${count}.as_of desc, case when o.as_of <= ${count}.as_of then o.as_of end desc, o.as_of
  limit 1) t`;
