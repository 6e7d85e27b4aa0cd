/** Times as the platforms write them. */

function wholeMilliseconds(seconds: number): number {
  return Math.max(1, Math.round(seconds * 1000));
}

/** Seconds as Istio and Linkerd read them: whole seconds, else milliseconds, at least one. */
export function duration(seconds: number): string {
  const milliseconds = wholeMilliseconds(seconds);
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

/** Seconds as the Gateway API reads them: numbers of at most five digits (GEP-2257). */
export function gatewayDuration(seconds: number): string {
  const milliseconds = wholeMilliseconds(seconds);
  if (milliseconds < 100_000) return duration(seconds);
  const whole = Math.floor(milliseconds / 1000);
  if (whole < 100_000) return `${whole}s${milliseconds % 1000 === 0 ? '' : `${milliseconds % 1000}ms`}`;
  const hours = Math.min(99_999, Math.floor(whole / 3600));
  const rest = Math.min(3599, whole - hours * 3600);
  return `${hours}h${rest === 0 ? '' : `${rest}s`}`;
}
