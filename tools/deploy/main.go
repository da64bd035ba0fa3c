// Command deploy holds Kubernetes manifests to what an API server demands of them: strict decoding into the API's own types,
// its defaults, its validation, and the Pod Security Standard "restricted". It prints what is wrong, one line a problem, and
// then ends with 1.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	batchv1 "k8s.io/api/batch/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/batch"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	batchvalidation "k8s.io/kubernetes/pkg/apis/batch/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

func main() {
	problems, err := checkFiles(os.Args[1:])
	if err != nil {
		problems = append(problems, err.Error())
	}
	for _, problem := range problems {
		fmt.Fprintln(os.Stderr, problem)
	}
	if len(problems) > 0 {
		os.Exit(1)
	}
}

func checkFiles(names []string) ([]string, error) {
	if len(names) == 0 {
		return nil, errors.New("no file named")
	}
	var problems []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		found, err := checkDocuments(bytes.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, problem := range found {
			problems = append(problems, name+": "+problem)
		}
	}
	return problems, nil
}

// checkDocuments checks every document of a file.
func checkDocuments(r io.Reader) ([]string, error) {
	documents := yaml.NewYAMLReader(bufio.NewReader(r))
	decoder := serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	var problems []string
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return problems, nil
		}
		if err != nil {
			return nil, err
		}
		object, _, err := decoder.Decode(document, nil, nil)
		if err != nil {
			return nil, err
		}
		found, err := check(object)
		if err != nil {
			return nil, err
		}
		problems = append(problems, found...)
	}
}

// check gives an object the API's defaults, turns it into the form that the API server works with, and validates that.
func check(object runtime.Object) ([]string, error) {
	var problems []string
	legacyscheme.Scheme.Default(object)
	internal, err := legacyscheme.Scheme.ConvertToVersion(object, runtime.InternalGroupVersioner)
	if err != nil {
		return nil, err
	}
	found, err := validate(internal)
	for _, problem := range found {
		problems = append(problems, problem.Error())
	}
	if job, ok := object.(*batchv1.CronJob); ok {
		forbidden, err := restricted(job)
		if err != nil {
			return nil, err
		}
		problems = append(problems, forbidden...)
	}
	return problems, err
}

// validate calls what the API server calls when an object is created.
func validate(object runtime.Object) (field.ErrorList, error) {
	switch object := object.(type) {
	case *batch.CronJob:
		options := pod.GetValidationOptionsFromPodTemplate(&object.Spec.JobTemplate.Spec.Template, nil)
		return batchvalidation.ValidateCronJobCreate(object, options), nil
	case *core.ServiceAccount:
		return corevalidation.ValidateServiceAccount(object), nil
	case *core.Namespace:
		return corevalidation.ValidateNamespace(object), nil
	}
	return nil, fmt.Errorf("nobody knows how to validate a %T", object)
}

// restricted says what the Pod Security Standard "restricted" has against a job's pods.
func restricted(job *batchv1.CronJob) ([]string, error) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return nil, err
	}
	template := job.Spec.JobTemplate.Spec.Template
	level := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	var problems []string
	for _, result := range evaluator.EvaluatePod(level, &template.ObjectMeta, &template.Spec) {
		if !result.Allowed {
			problems = append(problems, result.ForbiddenReason+": "+result.ForbiddenDetail)
		}
	}
	return problems, nil
}
