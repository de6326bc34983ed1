import type { Mail } from '../reminders/mail.service.js';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)!};`);

interface About {
  to: string;
  name: string;
  why: string | null;
  contact: string | null;
  link: string;
  isReminder: boolean;
}

/** The mail that brings one person their link. It says what happens with an answer, because who does not trust it does not answer. */
export const surveyMail = ({ to, name, why, contact, link, isReminder }: About): Mail => {
  const lines = [
    isReminder
      ? `You were asked to take part in the survey "${name}". If you have a minute, your answer still counts.`
      : `You are asked to take part in the survey "${name}". It takes about a minute.`,
    ...(why === null ? [] : [why]),
    'Your link works once and needs no sign-in:',
  ];
  const after = [
    'Nobody sees your answer with your name: what is stored is the answer and your area, and figures are shown of five answers or more only.',
    ...(isReminder
      ? ['If you have answered, there is nothing to do: nobody can see who has, so everybody is reminded.']
      : []),
    ...(contact === null ? [] : [`Questions: ${contact}`]),
  ];
  return {
    to: { name: '', address: to },
    subject: isReminder ? `Reminder: ${name}` : name,
    text: [...lines, link, ...after].join('\n\n'),
    html: [
      ...lines.map((line) => `<p>${escaped(line)}</p>`),
      `<p><a href="${escaped(link)}">${escaped(link)}</a></p>`,
      ...after.map((line) => `<p>${escaped(line)}</p>`),
    ].join('\n'),
  };
};
