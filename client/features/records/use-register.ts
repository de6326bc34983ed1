import { useLocation } from '@tanstack/react-router';
import { REGISTERS, type Register } from '../../lib/registers';

/** The register that the address is in. */
export function useRegister(): Register {
  const first = useLocation({ select: ({ pathname }) => pathname.split('/')[1] });
  return REGISTERS.find(({ path }) => path === first) ?? REGISTERS[0];
}
