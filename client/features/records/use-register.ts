import { useMatch } from '@tanstack/react-router';
import { REGISTERS, type Register } from '../../lib/registers';

/** The register that the address is in. */
export function useRegister(): Register {
  // That of the page itself: while another is on its way, the address is already its own.
  const first = useMatch({ strict: false, select: (match) => (match as { fullPath: string }).fullPath.split('/')[1] });
  return REGISTERS.find(({ path }) => path === first) ?? REGISTERS[0];
}
