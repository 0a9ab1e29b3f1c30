import { parseArn, partitionOf } from "../language/arn.js";

/** Hosts of AWS's console by partition; where none is known, nothing is linked. */
const hosts: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
  "aws-iso": "console.c2shome.ic.gov",
  "aws-iso-b": "console.sc2shome.sgov.gov",
  "aws-eusc": "console.amazonaws-eusc.eu",
};

/** A page of the console; `undefined` where the region or its console is not known. */
export function consoleLink(service: string, region: string, place: string): string | undefined {
  const host = hosts[partitionOf(region)];
  if (host === undefined || !/^[a-z]{2,8}(-[a-z]+)+-\d+$/.test(region)) return undefined;
  return `https://${host}/${service}/home?region=${region}#/${place}`;
}

/** The page of a state machine. */
export function stateMachineLink(arn: string): string | undefined {
  return consoleLink("states", parseArn(arn)?.region ?? "", `statemachines/view/${inUrl(arn)}`);
}

/** The page of an execution; the console finds those of Express machines by more than their ARN. */
export function executionLink(arn: string): string | undefined {
  const parsed = parseArn(arn);
  if (parsed === undefined || parsed.resource.startsWith("express:")) return undefined;
  return consoleLink("states", parsed.region, `executions/details/${inUrl(arn)}`);
}

/** `:` and `/` stay, as in the console's own links. */
function inUrl(arn: string): string {
  return encodePart(arn).replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** A name as one part of a path; `encodeURIComponent` throws for half a character. */
export function encodePart(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, "\ufffd"));
}
