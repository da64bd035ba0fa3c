# The image of a release: the static binary that goreleaser has built, root certificates, and nothing else. Pin the base by
# its digest when a release is made; its tag moves.
FROM gcr.io/distroless/static-debian13:nonroot
ARG TARGETPLATFORM
COPY ${TARGETPLATFORM}/amiscan /usr/bin/amiscan
ENTRYPOINT ["/usr/bin/amiscan"]
