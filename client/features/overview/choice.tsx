import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import './choice.css';

interface ChoiceProps<Value extends string> {
  label: string;
  choices: readonly { value: Value; word: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few ways to look at a drawing: a row of buttons, one of them pressed. */
export function Choice<Value extends string>({ label, choices, value, onChange }: ChoiceProps<Value>) {
  return (
    <ToggleButtonGroup
      className="choice-group"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = choices.find((choice) => keys.has(choice.value));
        if (chosen) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.value} id={choice.value} className="choice-button">
          {choice.word}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
