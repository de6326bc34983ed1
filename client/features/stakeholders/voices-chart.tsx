import type { Stakeholders, Voice } from '../../../server/contract/stakeholder.js';
import { AnswerBar } from '../../charts/answer-bars';
import { ChartFigure } from '../../charts/chart-figure';
import type { TwinCell, TwinTable } from '../../charts/twin';
import { count, counted, percent } from '../../../server/contract/format.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { letterOf, metricNumber } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { variationWord } from '../../ui/variation';
import { VoiceNum } from './voice-num';
import { askedByLink, changeOf, metricOf, nameOf, partsOf, unitOf } from './words';

interface VoicesChartProps {
  whole: Stakeholders['whole'];
  responseRate: number | null;
  invited: Stakeholders['invited'];
  who: string;
  about: string;
  /** Of whom the message speaks: those who read it, or the business. */
  speaker: string;
}

/** What people answered to each question, as bars of 100 %. */
export function VoicesChart({ whole, responseRate, invited, who, about, speaker }: VoicesChartProps) {
  return (
    <ChartFigure
      name="what-you-told-us"
      className="voices"
      message={<Message voices={whole.voices} speaker={speaker} />}
      about={`${about} · shares rounded`}
      twin={twinOf(whole.voices)}
      legend={
        <>
          From the lowest answer to the highest: <Key at={1} word="1" /> <Key at={2} word="2" /> <Key at={3} word="3" />{' '}
          <Key at={4} word="4" /> <Key at={5} word="5" /> Recommend: 0–6, 7–8, 9–10
        </>
      }
      source={
        <>
          {counted(whole.answers, 'answer')}
          {responseRate !== null && (
            <>
              {' · '}
              <Num trace={{ figure: 'stakeholder.response_rate' }} label={`Response rate: ${percent(responseRate)}`}>
                {percent(responseRate)}
              </Num>{' '}
              of those invited
            </>
          )}
          {invited !== null && invited.byLink > 0 && ` · ${askedByLink(invited.byLink, invited.people)}`}
        </>
      }
    >
      <ul className="voice-rows">
        {whole.voices.map((voice) => (
          <VoiceRow key={voice.question} voice={voice} who={who} />
        ))}
      </ul>
    </ChartFigure>
  );
}

const Key = ({ at, word }: { at: number; word: string }) => (
  <span className="answer-key">
    <span className={`answer-swatch answer-key-${at}`} aria-hidden="true" /> {word}
  </span>
);

function Message({ voices, speaker }: { voices: readonly Voice[]; speaker: string }) {
  const changed = voices.filter(({ signal }) => signal.state === 'signal');
  if (voices.every(({ n }) => n === 0)) return <>Nobody was asked, or nobody has answered, in this quarter.</>;
  if (voices.every(({ value }) => value === null)) return <>Too few have answered to tell what they said.</>;
  if (changed.length === 0) return <>What {speaker} told us: nothing has changed more than chance would.</>;
  return (
    <>
      What {speaker} told us:{' '}
      {changed.map(({ question, signal }) => `${nameOf(question)} ${variationWord(signal)}`).join(', ')}.
    </>
  );
}

function VoiceRow({ voice, who }: { voice: Voice; who: string }) {
  const parts = partsOf(voice);
  const change = changeOf(voice, usePageScope());
  return (
    <li className="voice-row">
      <span className="voice-name">{nameOf(voice.question)}</span>
      {parts === null ? (
        <span className="voice-hidden">
          {voice.nullReason === 'too_few_responses' ? (
            <>
              <b>c</b> {voice.n < 5 ? 'fewer than 5 answers' : 'kept back, so that no small group can be worked out'}
            </>
          ) : (
            metricNull(voice.nullReason)
          )}
        </span>
      ) : (
        <AnswerBar parts={parts} label={describe(voice)} />
      )}
      <span className="voice-value figures">
        <VoiceNum voice={voice} who={who} />{' '}
        <span className="unit">{voice.question === 'recommend' ? 'points' : 'of 5'}</span>
      </span>
      <span className="voice-n caption">
        n {count(voice.n)}
        {voice.signal.state === 'signal' && ` · ${variationWord(voice.signal)}`}
        {change !== null && `, ${change}`}
      </span>
    </li>
  );
}

const describe = (voice: Voice): string => {
  const { names, counts } = partsOf(voice)!;
  const shares = names.map((name, at) => `${name}: ${percent(counts[at]! / voice.n)}`);
  return `${nameOf(voice.question)}, ${counted(voice.n, 'answer')}. ${shares.join(', ')}.`;
};

const twinOf = (voices: readonly Voice[]): TwinTable => ({
  columns: ['Question', 'Figure', 'Answers', 'Answer', 'Share'],
  rows: voices.flatMap((voice): TwinCell[][] => {
    const parts = partsOf(voice);
    const value: TwinCell =
      voice.value === null
        ? { text: letterOf(voice.nullReason) }
        : {
            number: String(voice.value),
            printed: metricNumber(voice.value, unitOf(voice.question)),
            trace: { figure: metricOf(voice.question), portfolio: '' },
            label: `${nameOf(voice.question)}: ${metricNumber(voice.value, unitOf(voice.question))}`,
          };
    const n: TwinCell = { number: String(voice.n), printed: count(voice.n) };
    const first: TwinCell[] = [{ text: nameOf(voice.question) }, value, n];
    if (parts === null) return [[...first, null, null]];
    return parts.names.map((name, at) => {
      const share = parts.counts[at]! / voice.n;
      return [...first, { text: name }, { number: String(share), printed: percent(share) }];
    });
  }),
});
