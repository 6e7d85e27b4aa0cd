/** How a file gets into a bucket. */
import type { Cloud } from '../object-store.js';

/** The command that copies `$file` to the key `$key` of a bucket, by the client of its provider. */
export function uploadCommand(cloud: Cloud, bucket: string): string {
  switch (cloud) {
    case 'aws':
      return `aws s3 cp "$file" "s3://${bucket}/$key"`;
    case 'gcp':
      return `gcloud storage cp "$file" "gs://${bucket}/$key"`;
    case 'azure':
      return `az storage blob upload --container-name "${bucket}" --name "$key" --file "$file"`;
    case 'alibabacloud':
      return `ossutil cp "$file" "oss://${bucket}/$key"`;
  }
}
